//! `kinora generate` as a whole process beside ffmpeg's nearest: the same picture, size, frames and rate,
//! `zoompan` over a picture enlarged twice, x264 `veryfast`. Runs alternate, so that a busy machine bothers
//! both alike. Once with a camera move alone, once with everything at once: a subject that acts, scenery that
//! moves and an overlay. Then how much memory a long clip takes beside a short one.
//!
//! `cargo bench -p server --bench beside_ffmpeg [-- RUNS [PICTURE]]`; `KINORA_BINARY` names another binary.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops when something is missing"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const FRAME_RATE: u32 = 24;
const SECONDS: u32 = 5;

/// Between two looks at a running process.
const LOOK: Duration = Duration::from_millis(2);

/// What one run of a process took.
#[derive(Clone, Copy)]
struct Cost {
    wall: f64,
    /// Seconds of all threads together, as last seen: 10 ms steps.
    cpu: f64,
    /// Most memory resident at once, in MB.
    peak: f64,
}

fn run(command: &mut Command) -> Cost {
    let start = Instant::now();
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = silent.spawn().unwrap();
    let (mut cpu, mut peak): (f64, f64) = (0.0, 0.0);
    let status = loop {
        cpu = cpu.max(cpu_seconds(child.id()).unwrap_or_default());
        peak = peak.max(peak_megabytes(child.id()).unwrap_or_default());
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        thread::sleep(LOOK);
    };
    let wall = start.elapsed().as_secs_f64();
    assert!(status.success(), "{command:?} failed");
    Cost { wall, cpu, peak }
}

/// The high-water mark that the kernel keeps, so that looking now and then misses little.
fn peak_megabytes(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}

/// User and system time: fields 14 and 15, in hundredths of a second.
fn cpu_seconds(process: u32) -> Option<f64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    let ticks = after_name.split_whitespace().skip(11).take(2);
    Some(ticks.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0)
}

/// What is asked for: the camera alone, and everything at once.
const PROMPTS: [&str; 2] = [
    "slow push in",
    "static camera, make it dance, the leaves sway in the wind, snow falls",
];

fn kinora(picture: &Path, prompt: &str, resolution: &str, seconds: u32, out: &Path) -> Command {
    let binary = std::env::var("KINORA_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_kinora").to_owned());
    let mut command = Command::new(binary);
    // The program refuses settings that it does not know.
    command.env_remove("KINORA_BINARY");
    command.arg("generate").arg(picture).arg("-o").arg(out);
    command.args(["-p", prompt, "--model", "viduq2-pro", "--movement-amplitude", "medium"]);
    command.args(["--seed", "41822", "--resolution", resolution]);
    command.args(["--duration", &seconds.to_string()]);
    command
}

fn ffmpeg(picture: &Path, size: (u32, u32), out: &Path) -> Command {
    let ((width, height), frames) = (size, SECONDS * FRAME_RATE);
    let filter = format!(
        "scale={}:{},zoompan=z='min(zoom+0.0015,1.5)':d={frames}:s={width}x{height}:fps={FRAME_RATE}",
        width * 2,
        height * 2
    );
    let mut command = Command::new("ffmpeg");
    command.args(["-y", "-v", "error", "-loop", "1", "-i"]).arg(picture);
    command.args(["-vf", &filter, "-frames:v", &frames.to_string()]);
    command
        .args(["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"])
        .arg(out);
    command
}

fn size_of(video: &Path) -> (u32, u32) {
    let mut command = Command::new("ffprobe");
    command.args([
        "-v",
        "error",
        "-select_streams",
        "v:0",
        "-show_entries",
        "stream=width,height",
    ]);
    let output = command.args(["-of", "csv=p=0"]).arg(video).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let (width, height) = text.trim().split_once(',').unwrap();
    (width.parse().unwrap(), height.parse().unwrap())
}

/// Smallest, middle and largest.
fn spread(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    [values[0], values[values.len() / 2], values[values.len() - 1]]
}

fn report(name: &str, costs: &[Cost]) -> f64 {
    let [least, median, _] = spread(costs.iter().map(|cost| cost.wall));
    let [_, cpu, _] = spread(costs.iter().map(|cost| cost.cpu));
    let [_, _, peak] = spread(costs.iter().map(|cost| cost.peak));
    println!("  {name:7} wall min {least:.3} s, median {median:.3} s; cpu {cpu:.2} s; peak {peak:.0} MB");
    median
}

fn compare(picture: &Path, prompt: &str, resolution: &str, runs: usize, folder: &Path) {
    let (ours, theirs) = (folder.join("kinora.mp4"), folder.join("ffmpeg.mp4"));
    run(&mut kinora(picture, prompt, resolution, SECONDS, &ours));
    let size = size_of(&ours);
    run(&mut ffmpeg(picture, size, &theirs));
    let pairs: Vec<(Cost, Cost)> = (0..runs)
        .map(|_| {
            let ours = run(&mut kinora(picture, prompt, resolution, SECONDS, &ours));
            (ours, run(&mut ffmpeg(picture, size, &theirs)))
        })
        .collect();
    let (kinora, ffmpeg): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
    println!(
        "{resolution}, {}x{}, {SECONDS} s, {runs} pairs, {prompt:?}",
        size.0, size.1
    );
    let ratio = report("kinora", &kinora) / report("ffmpeg", &ffmpeg);
    let [least, median, most] = spread(pairs.iter().map(|(kinora, ffmpeg)| kinora.wall / ffmpeg.wall));
    let [_, cpu, _] = spread(pairs.iter().map(|(kinora, ffmpeg)| kinora.cpu / ffmpeg.cpu));
    println!("  medians' ratio {ratio:.2}; pairs {least:.2} to {most:.2}, median {median:.2}; cpu {cpu:.2}");
    let megabytes = |path: &Path| fs::metadata(path).unwrap().len() as f64 / 1e6;
    println!("  files {:.2} MB and {:.2} MB", megabytes(&ours), megabytes(&theirs));
}

fn memory(picture: &Path, folder: &Path) {
    let out = folder.join("memory.mp4");
    for prompt in PROMPTS {
        let [short, long] = [2, 10].map(|seconds| run(&mut kinora(picture, prompt, "1080p", seconds, &out)).peak);
        println!(
            "1080p peak: 2 s {short:.0} MB, 10 s {long:.0} MB, {:+.1} %, {prompt:?}",
            (long / short - 1.0) * 100.0
        );
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench")
        .collect();
    let runs = arguments.first().map_or(7, |runs| runs.parse().unwrap());
    let usual = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/pictures/coffee.png");
    let picture = arguments.get(1).map_or_else(usual, PathBuf::from);
    let folder = tempfile::tempdir().unwrap();
    for prompt in PROMPTS {
        for resolution in ["720p", "1080p"] {
            compare(&picture, prompt, resolution, runs, folder.path());
        }
    }
    memory(&picture, folder.path());
}
