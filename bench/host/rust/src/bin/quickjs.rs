//! QuickJS: the bodies are bench/host/script/native.js, the loop runs its jobs until the script says that it is done.
use rquickjs::{Context, Ctx, Function, Runtime};
use stator_bench_peers::*;

fn setup(context: &Ctx<'_>, given: &Arguments) -> rquickjs::Result<()> {
    let globals = context.globals();
    globals.set("cpuNs", Function::new(context.clone(), || cpu_ns() as f64)?)?;
    let start = std::time::Instant::now();
    globals.set("wallNs", Function::new(context.clone(), move || start.elapsed().as_nanos() as f64)?)?;
    globals.set("resident", Function::new(context.clone(), || resident() as f64)?)?;
    globals.set("report", Function::new(context.clone(), |text: String| println!("{text}"))?)?;
    let script = std::fs::read(&given.rest[0]).expect("the script");
    context.eval::<(), _>(script)?;
    let start: Function = globals.get(given.workload.as_str())?;
    start.call::<_, ()>((given.count as f64,))
}

fn main() {
    let given = arguments();
    let runtime = Runtime::new().expect("a runtime");
    let context = Context::full(&runtime).expect("a context");
    context.with(|context| setup(&context, &given)).expect("the script");
    while runtime.is_job_pending() {
        assert!(runtime.execute_pending_job().is_ok(), "a job failed");
    }
}
