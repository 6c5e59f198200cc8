//! tokio, one thread.
use stator_bench_peers::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::task::{spawn_local, yield_now, LocalSet};

async fn resume(count: u64) {
    let turns = Rc::new(Cell::new(0u64));
    let run = |until: u64| {
        let tasks: Vec<_> = (0..64)
            .map(|_| {
                let turns = turns.clone();
                tokio::task::spawn_local(async move {
                    while turns.get() < until {
                        turns.set(turns.get() + 1);
                        yield_now().await;
                    }
                })
            })
            .collect();
        async move {
            for task in tasks {
                task.await.expect("a task");
            }
        }
    };
    run(count / 10).await;
    let first = turns.get();
    let measure = Measure::begin();
    run(first + count).await;
    measure.end(turns.get() - first);
}

async fn ping(count: u64) {
    let (ask, mut asked) = mpsc::channel::<u64>(1);
    let (answer, mut answered) = mpsc::channel::<u64>(1);
    spawn_local(async move {
        while let Some(value) = asked.recv().await {
            if answer.send(value + 1).await.is_err() {
                return;
            }
        }
    });
    let mut turns = 0;
    while turns < count / 10 {
        ask.send(turns).await.expect("the other");
        turns = answered.recv().await.expect("the other");
    }
    let first = turns;
    let measure = Measure::begin();
    while turns < first + count {
        ask.send(turns).await.expect("the other");
        turns = answered.recv().await.expect("the other");
    }
    measure.end(turns - first);
}

async fn sleepers(count: u64, milliseconds: u64) {
    let late = Rc::new(RefCell::new(Lateness::new()));
    let cpu = cpu_ns();
    let start = Instant::now();
    let end = start + Duration::from_millis(milliseconds);
    let tasks: Vec<_> = (0..count)
        .map(|i| {
            let late = late.clone();
            spawn_local(async move {
                let period = Duration::from_millis(period_ms(i));
                let mut now = Instant::now();
                while now < end {
                    let due = now + period;
                    tokio::time::sleep(period).await;
                    now = Instant::now();
                    late.borrow_mut().note(now.saturating_duration_since(due).as_micros() as u64);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("a sleeper");
    }
    late.borrow().print(cpu_ns() - cpu, start.elapsed().as_nanos() as u64);
}

async fn idle(count: u64) {
    tokio::time::sleep(Duration::from_millis(1)).await;
    let before = resident();
    let started = Rc::new(Cell::new(0u64));
    for _ in 0..count {
        let started = started.clone();
        spawn_local(async move {
            started.set(started.get() + 1);
            tokio::time::sleep(Duration::from_secs(3600)).await;
        });
    }
    while started.get() < count {
        yield_now().await;
    }
    println!("{{\"count\":{},\"bytes\":{}}}", started.get(), (resident() - before) as f64 / count as f64);
}

async fn echo() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("listening at port {}", listener.local_addr().expect("an address").port());
    loop {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        spawn_local(async move {
            let mut buffer = [0u8; 4096];
            while let Ok(length) = stream.read(&mut buffer).await {
                if length == 0 || stream.write_all(&buffer[..length]).await.is_err() {
                    return;
                }
            }
        });
    }
}

fn main() {
    let given = arguments();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    LocalSet::new().block_on(&runtime, async {
        match given.workload.as_str() {
            "resume" => resume(given.count).await,
            "ping" => ping(given.count).await,
            "sleepers" => sleepers(given.count, given.rest[0].parse().expect("milliseconds")).await,
            "idle" => idle(given.count).await,
            "echo" => echo().await,
            other => panic!("no workload {other}"),
        }
    });
    std::process::exit(0);
}
