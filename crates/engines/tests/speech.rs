//! What is said, by the real espeak-ng and by a server with OpenAI's speech API on a port of its own.
#![expect(clippy::unwrap_used, reason = "a failing tool is a failing test")]

#[expect(dead_code, reason = "shared with the tests of clips, which use all of it")]
mod support;

use std::{os::unix::fs::PermissionsExt, time::Duration};

use domain::request::GenerationRequest;
use engines::speech::{SpeechSettings, Spoken, speak};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

const RATE: usize = 48_000;

fn request(prompt: &str, voice: Option<&str>) -> GenerationRequest {
    GenerationRequest {
        prompt: prompt.to_owned(),
        audio: true,
        voice: voice.map(str::to_owned),
        duration: 5,
        ..support::request(1)
    }
}

fn warned(spoken: &Spoken) -> Vec<&str> {
    spoken.warnings.iter().map(|warning| warning.field.as_str()).collect()
}

/// Share of the energy between two frequencies, by a plain Fourier sum over windows of 40 ms.
fn share(samples: &[f32], low: f64, high: f64) -> f64 {
    let window = RATE / 25;
    let (mut within, mut all) = (0.0, 0.0);
    for part in samples.chunks_exact(window).step_by(3) {
        for bin in 1..200 {
            let hertz = f64::from(bin) * 40.0;
            let (mut real, mut imaginary) = (0.0, 0.0);
            for (index, sample) in part.iter().enumerate() {
                let angle = std::f64::consts::TAU * hertz * index as f64 / RATE as f64;
                real += f64::from(*sample) * angle.cos();
                imaginary += f64::from(*sample) * angle.sin();
            }
            let energy = real * real + imaginary * imaginary;
            all += energy;
            if (low..high).contains(&hertz) {
                within += energy;
            }
        }
    }
    within / all
}

#[tokio::test]
async fn english_and_chinese_are_spoken() {
    for (prompt, least, most) in [
        ("she says: 'Good morning, how are you today?'", 1.0, 3.5),
        ("他说：“你好，今天天气很好”", 1.0, 4.0),
    ] {
        let spoken = speak(&request(prompt, None), &SpeechSettings::default()).await;
        assert_eq!((warned(&spoken), &spoken.trouble), (Vec::new(), &None), "{prompt}");
        let seconds = spoken.samples.len() as f64 / RATE as f64;
        assert!((least..most).contains(&seconds), "{prompt}: {seconds} s");
        let voiced = share(&spoken.samples, 80.0, 4000.0);
        assert!(voiced > 0.85, "{prompt}: {voiced} of the energy where voices are");
        let again = speak(&request(prompt, None), &SpeechSettings::default()).await;
        assert_eq!(spoken, again);
    }
}

#[tokio::test]
async fn voices_differ_and_a_foreign_id_is_mapped_with_a_warning() {
    let of = async |voice| {
        speak(
            &request("\"the same words for all\"", Some(voice)),
            &SpeechSettings::default(),
        )
        .await
    };
    let (deep, child, bloke) = (of("flint").await, of("wren").await, of("English_Aussie_Bloke").await);
    assert!(warned(&deep).is_empty() && warned(&child).is_empty());
    assert_ne!(deep.samples, child.samples);
    let low = |spoken: &Spoken| share(&spoken.samples, 60.0, 200.0);
    assert!(low(&deep) > 2.0 * low(&child), "{} and {}", low(&deep), low(&child));
    assert_eq!(warned(&bloke), ["voice_id"]);
    assert!(
        bloke.warnings[0].reason.contains("English_Aussie_Bloke"),
        "{:?}",
        bloke.warnings
    );
}

#[tokio::test]
async fn speech_that_is_too_long_is_spoken_faster_and_then_cut() {
    let text = "one two three four five six seven eight nine ten ".repeat(4);
    let mut long = request(&format!("\"{text}\""), None);
    long.duration = 1;
    let spoken = speak(&long, &SpeechSettings::default()).await;
    assert!(spoken.samples.len() <= RATE, "{}", spoken.samples.len());
    assert_eq!(warned(&spoken), ["prompt"]);
}

#[tokio::test]
async fn nothing_is_said_without_words_or_without_sound() {
    let silent = speak(&request("slow push in", None), &SpeechSettings::default()).await;
    assert_eq!(silent, Spoken::default());
    let voice = speak(&request("slow push in", Some("flint")), &SpeechSettings::default()).await;
    assert_eq!(warned(&voice), ["voice_id"]);
    let mut mute = request("she says \"hello\"", None);
    mute.audio = false;
    let mute = speak(&mute, &SpeechSettings::default()).await;
    assert_eq!((mute.samples.len(), warned(&mute)), (0, vec!["prompt"]));
}

#[tokio::test]
async fn a_program_that_is_missing_or_slow_or_wrong_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let program = |name: &str, body: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    for (program, trouble) in [
        (String::new(), "no speech engine"),
        ("/nowhere/espeak-ng".to_owned(), "could not be run"),
        (program("slow", "cat > /dev/null; exec sleep 60"), "longer than"),
        (
            program("broken", "cat > /dev/null; echo no such voice >&2; exit 1"),
            "no such voice",
        ),
        (
            program("noise", "cat > /dev/null; echo this is not a sound"),
            "not a WAV",
        ),
        (program("endless", "cat > /dev/null; exec cat /dev/zero"), "larger than"),
    ] {
        let settings = SpeechSettings {
            program,
            time_limit: Duration::from_secs(3),
            size_limit: 1 << 20,
            ..SpeechSettings::default()
        };
        let spoken = speak(&request("\"hello\"", None), &settings).await;
        assert_eq!((spoken.samples.len(), warned(&spoken)), (0, vec!["audio"]), "{trouble}");
        let told = spoken.trouble.unwrap();
        assert!(told.contains(trouble), "{told} instead of {trouble}");
    }
}

/// A second of a tone as a 24 kHz WAV file.
fn wav() -> Vec<u8> {
    let rate = 24_000_u32;
    let samples =
        (0..rate).map(|index| ((index as f32 / rate as f32 * 300.0 * std::f32::consts::TAU).sin() * 9000.0) as i16);
    let data: Vec<u8> = samples.flat_map(i16::to_le_bytes).collect();
    let mut file = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    file.extend(rate.to_le_bytes());
    file.extend((rate * 2).to_le_bytes());
    file.extend([2, 0, 16, 0]);
    file.extend(b"data");
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(data);
    file
}

/// Answers one request with `answer` and gives back what was asked.
async fn served(answer: Vec<u8>) -> (String, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1/audio/speech", listener.local_addr().unwrap());
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        let mut part = [0; 4096];
        loop {
            let count = stream.read(&mut part).await.unwrap();
            request.extend_from_slice(&part[..count]);
            let text = String::from_utf8_lossy(&request).into_owned();
            if count == 0 || text.contains("\r\n\r\n") && text.ends_with('}') {
                stream.write_all(&answer).await.unwrap();
                stream.shutdown().await.unwrap();
                return text;
            }
        }
    });
    (url, asked)
}

fn http(status: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    answer.extend_from_slice(body);
    answer
}

fn of_server(url: String) -> SpeechSettings {
    SpeechSettings {
        program: String::new(),
        url: Some(url),
        secret_key: Some("sk-very-secret".to_owned()),
        model: "kokoro".to_owned(),
        time_limit: Duration::from_secs(5),
        ..SpeechSettings::default()
    }
}

#[tokio::test]
async fn a_server_is_asked_as_openai_is() {
    let (url, asked) = served(http("200 OK", &wav())).await;
    let settings = of_server(url);
    let spoken = speak(&request("she says \"hello there\"", Some("amber")), &settings).await;
    assert_eq!((&spoken.trouble, warned(&spoken)), (&None, Vec::new()));
    assert!(spoken.samples.len().abs_diff(RATE) < 600, "{}", spoken.samples.len());
    let asked = asked.await.unwrap();
    assert!(asked.starts_with("POST /v1/audio/speech HTTP/1.1"), "{asked}");
    assert!(
        asked.to_lowercase().contains("authorization: bearer sk-very-secret"),
        "{asked}"
    );
    for part in [
        "\"input\":\"hello there\"",
        "\"model\":\"kokoro\"",
        "\"response_format\":\"wav\"",
        "\"voice\":\"amber\"",
    ] {
        assert!(asked.contains(part), "{part} is not in {asked}");
    }
}

#[tokio::test]
async fn a_server_that_fails_is_a_warning_that_keeps_its_key() {
    for answer in [
        http("500 Internal Server Error", b"{}"),
        http("302 Found", b""),
        http("200 OK", b"{\"error\": \"no\"}"),
        b"not http at all".to_vec(),
    ] {
        let (url, _asked) = served(answer).await;
        let settings = of_server(url);
        let spoken = speak(&request("\"hello\"", None), &settings).await;
        assert_eq!((spoken.samples.len(), warned(&spoken)), (0, vec!["audio"]));
        let told = format!("{spoken:?} {settings:?}");
        assert!(!told.contains("sk-very-secret"), "{told}");
    }
}

#[tokio::test]
async fn the_program_stands_in_for_a_server_that_does_not_answer() {
    let settings = SpeechSettings {
        url: Some("http://127.0.0.1:1/v1/audio/speech".to_owned()),
        ..SpeechSettings::default()
    };
    let spoken = speak(&request("\"hello\"", None), &settings).await;
    assert!(!spoken.samples.is_empty() && spoken.trouble.is_none());
}
