//! What the peers share: their arguments, clocks, lateness, and the line of JSON that each prints.
use std::time::Instant;

/// `<workload> <count> [argument]`
pub struct Arguments {
    pub workload: String,
    pub count: u64,
    pub rest: Vec<String>,
}

pub fn arguments() -> Arguments {
    let mut given = std::env::args().skip(1);
    let workload = given.next().expect("a workload");
    let count = given.next().expect("a count").parse().expect("a number");
    Arguments { workload, count, rest: given.collect() }
}

/// Processor time of the process, all threads.
pub fn cpu_ns() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// Resident memory, bytes.
pub fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").expect("/proc/self/statm");
    text.split(' ').nth(1).expect("two fields").parse::<u64>().expect("pages") * 4096
}

/// What was measured, from its beginning.
pub struct Measure {
    wall: Instant,
    cpu: u64,
}

impl Measure {
    pub fn begin() -> Self {
        Measure { wall: Instant::now(), cpu: cpu_ns() }
    }

    /// Prints the figures of so many operations.
    pub fn end(&self, count: u64) {
        println!("{{\"count\":{},\"wall_ns\":{},\"cpu_ns\":{}}}", count, self.wall.elapsed().as_nanos(), cpu_ns() - self.cpu);
    }
}

/// Lateness of sleeps in microseconds; 10 us a bucket.
pub struct Lateness {
    buckets: Vec<u64>,
    pub count: u64,
    max: u64,
}

impl Lateness {
    pub const fn new() -> Self {
        Lateness { buckets: Vec::new(), count: 0, max: 0 }
    }

    pub fn note(&mut self, us: u64) {
        if self.buckets.is_empty() {
            self.buckets = vec![0; 100_001];
        }
        self.buckets[(us / 10).min(100_000) as usize] += 1;
        self.count += 1;
        self.max = self.max.max(us);
    }

    pub fn print(&self, cpu: u64, wall: u64) {
        let mut left = self.count / 100;
        let mut bucket = self.buckets.len();
        while bucket > 0 {
            bucket -= 1;
            if self.buckets[bucket] > left {
                break;
            }
            left -= self.buckets[bucket];
        }
        println!("{{\"count\":{},\"cpu_ns\":{},\"wall_ns\":{},\"p99_us\":{},\"max_us\":{}}}", self.count, cpu, wall, (bucket + 1) * 10, self.max);
    }
}

/// How long sleeper `i` sleeps each time: 50 to 150 ms.
pub fn period_ms(i: u64) -> u64 {
    50 + i * 37 % 101
}

/// The next pseudo-random block of a file.
pub fn next_block(seed: &mut u32, blocks: u32) -> u32 {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    ((u64::from(*seed) * u64::from(blocks)) >> 32) as u32
}

pub const BLOCK: usize = 4096;

/// Each block begins with its number.
pub fn check(bytes: &[u8], block: u32) {
    assert_eq!(u32::from_le_bytes(bytes[..4].try_into().expect("four bytes")), block, "a block that is not the one asked for");
}
