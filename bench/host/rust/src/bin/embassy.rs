//! Embassy's executor on a thread of the host (platform-std).
use embassy_executor::{Executor, Spawner};
use embassy_sync::blocking_mutex::raw::NoopRawMutex;
use embassy_sync::channel::Channel;
use embassy_time::{Duration, Timer};
use stator_bench_peers::*;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::Poll;
use std::time::Instant;

thread_local! {
    static TURNS: Cell<u64> = const { Cell::new(0) };
    static LATE: RefCell<Lateness> = const { RefCell::new(Lateness::new()) };
    static LEFT: Cell<u64> = const { Cell::new(0) };
}

/// Ready at the second poll: the others have their turn.
fn yield_now() -> impl std::future::Future<Output = ()> {
    let mut yielded = false;
    poll_fn(move |context| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
}

#[embassy_executor::task(pool_size = 64)]
async fn yielding() {
    loop {
        TURNS.set(TURNS.get() + 1);
        yield_now().await;
    }
}

#[embassy_executor::task]
async fn watch_yielding(count: u64) {
    while TURNS.get() < count / 10 {
        yield_now().await;
    }
    let first = TURNS.get();
    let measure = Measure::begin();
    while TURNS.get() < first + count {
        yield_now().await;
    }
    measure.end(TURNS.get() - first);
    std::process::exit(0);
}

type One = Channel<NoopRawMutex, u64, 1>;

#[embassy_executor::task]
async fn answers(ask: &'static One, answer: &'static One) {
    loop {
        answer.send(ask.receive().await + 1).await;
    }
}

#[embassy_executor::task]
async fn asks(ask: &'static One, answer: &'static One, count: u64) {
    let mut turns = 0;
    while turns < count / 10 {
        ask.send(turns).await;
        turns = answer.receive().await;
    }
    let first = turns;
    let measure = Measure::begin();
    while turns < first + count {
        ask.send(turns).await;
        turns = answer.receive().await;
    }
    measure.end(turns - first);
    std::process::exit(0);
}

#[embassy_executor::task(pool_size = 10000)]
async fn sleeper(i: u64, start: Instant, cpu: u64, milliseconds: u64) {
    let end = start + std::time::Duration::from_millis(milliseconds);
    let period = period_ms(i);
    let mut now = Instant::now();
    while now < end {
        let due = now + std::time::Duration::from_millis(period);
        Timer::after(Duration::from_millis(period)).await;
        now = Instant::now();
        LATE.with_borrow_mut(|late| late.note(now.saturating_duration_since(due).as_micros() as u64));
    }
    LEFT.set(LEFT.get() - 1);
    if LEFT.get() == 0 {
        LATE.with_borrow(|late| late.print(cpu_ns() - cpu, start.elapsed().as_nanos() as u64));
        std::process::exit(0);
    }
}

#[embassy_executor::task(pool_size = 100000)]
async fn idler(before: u64, count: u64) {
    TURNS.set(TURNS.get() + 1);
    if TURNS.get() == count {
        println!("{{\"count\":{},\"bytes\":{}}}", count, (resident() - before) as f64 / count as f64);
        std::process::exit(0);
    }
    // Its list of timers is looked through at every poll: 100,000 of them would take minutes.
    std::future::pending::<()>().await;
}

fn spawn(spawner: Spawner, given: Arguments) {
    let count = given.count;
    match given.workload.as_str() {
        "resume" => {
            for _ in 0..64 {
                spawner.spawn(yielding().expect("room"));
            }
            spawner.spawn(watch_yielding(count).expect("room"));
        }
        "ping" => {
            let ask: &'static One = Box::leak(Box::new(Channel::new()));
            let answer: &'static One = Box::leak(Box::new(Channel::new()));
            spawner.spawn(answers(ask, answer).expect("room"));
            spawner.spawn(asks(ask, answer, count).expect("room"));
        }
        "sleepers" => {
            let (start, cpu) = (Instant::now(), cpu_ns());
            LEFT.set(count);
            for i in 0..count {
                spawner.spawn(sleeper(i, start, cpu, given.rest[0].parse().expect("milliseconds")).expect("room"));
            }
        }
        "idle" => {
            let before = resident();
            for _ in 0..count {
                spawner.spawn(idler(before, count).expect("room"));
            }
        }
        other => panic!("no workload {other}"),
    }
}

fn main() {
    let executor: &'static mut Executor = Box::leak(Box::new(Executor::new()));
    executor.run(|spawner| spawn(spawner, arguments()));
}
