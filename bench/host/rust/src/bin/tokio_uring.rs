//! tokio-uring: reads with registered buffers, and the echo server.
use stator_bench_peers::*;
use std::cell::Cell;
use std::rc::Rc;
use tokio_uring::buf::fixed::FixedBufRegistry;
use tokio_uring::buf::BoundedBuf;
use tokio_uring::fs::File;

const DEPTH: u64 = 32;

async fn reads(count: u64, path: &str) {
    let file = Rc::new(File::open(path).await.expect("the file"));
    let blocks = (std::fs::metadata(path).expect("its size").len() / BLOCK as u64) as u32;
    let registry = FixedBufRegistry::new((0..DEPTH).map(|_| Vec::with_capacity(BLOCK)));
    registry.register().expect("registered buffers");
    let seed = Rc::new(Cell::new(1u32));
    let run = |count: u64| {
        let left = Rc::new(Cell::new(count));
        let tasks: Vec<_> = (0..DEPTH as usize)
            .map(|i| {
                let (file, seed, left) = (file.clone(), seed.clone(), left.clone());
                let mut buffer = registry.check_out(i).expect("a buffer");
                tokio_uring::spawn(async move {
                    let mut did = 0u64;
                    while left.get() > 0 {
                        left.set(left.get() - 1);
                        let mut next = seed.get();
                        let block = next_block(&mut next, blocks);
                        seed.set(next);
                        let (result, back) = file.read_fixed_at(buffer.slice(..BLOCK), u64::from(block) * BLOCK as u64).await;
                        assert_eq!(result.expect("a read"), BLOCK);
                        buffer = back.into_inner();
                        check(&buffer, block);
                        did += 1;
                    }
                    did
                })
            })
            .collect();
        async move {
            let mut did = 0;
            for task in tasks {
                did += task.await.expect("a reader");
            }
            did
        }
    };
    run(count / 10).await;
    let measure = Measure::begin();
    let did = run(count).await;
    measure.end(did);
}

async fn echo() {
    let listener = tokio_uring::net::TcpListener::bind("127.0.0.1:0".parse().expect("an address")).expect("a port");
    println!("listening at port {}", listener.local_addr().expect("an address").port());
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        tokio_uring::spawn(async move {
            let mut buffer = vec![0u8; 4096];
            loop {
                let (result, back) = stream.read(buffer).await;
                let Ok(length) = result else { return };
                if length == 0 {
                    return;
                }
                let (result, back) = stream.write_all(back.slice(..length)).await;
                if result.is_err() {
                    return;
                }
                buffer = back.into_inner();
            }
        });
    }
}

fn main() {
    let given = arguments();
    tokio_uring::start(async {
        match given.workload.as_str() {
            "reads" => reads(given.count, &given.rest[0]).await,
            "echo" => echo().await,
            other => panic!("no workload {other}"),
        }
    });
}
