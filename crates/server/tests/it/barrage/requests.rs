//! Requests that are wrong before anybody looks at a field.

use super::range::{Range, Shot};
use crate::{jiekou, kinora};

/// Every route with every kind of id, method and query.
pub(super) fn paths(range: &mut Range) {
    let ids = [
        "0",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "%00",
        "..",
        "..%2f..%2fetc%2fpasswd",
        "%ff%fe",
        "a",
        "1e3",
        "\u{661}",
        "1;1",
        "*",
    ];
    let routes = [
        "/kinora/v1/tasks/{}",
        "/kinora/v1/tasks/{}/events",
        "/kinora/v1/webhooks/{}",
        "/v1/tasks/status?task_id={}",
        "/v3/async/task-result?task_id={}",
        "/files/{}/1/video.mp4?expires=1&signature=00",
        "/files/1/{}/video.mp4?expires=1&signature=00",
        "/files/1/1/{}?expires=1&signature=00",
        "/files/1/1/video.mp4?expires={}&signature={}",
        "/v3/async/{}",
        "/ent/v2/tasks/{}/creations",
        "/ent/v2/tasks?task_ids={}&pager.page_token={}&pager.pagesz={}",
        "/v1/videos/{}",
        "/v1/videos/{}/content?variant={}",
        "/v1/videos?after={}&limit={}&order={}",
        "/kinora/v1/tasks?after={}&limit={}&state={}",
        "/kinora/v1/usage?from={}&to={}&after={}",
    ];
    for route in routes {
        for id in ids {
            let path = route.replace("{}", id);
            range.request(format!("GET {path}"), "GET", &path, "", b"");
        }
    }
    for method in ["DELETE", "PUT", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW", "get"] {
        for path in [
            "/",
            "/kinora/v1/tasks",
            "/v1/tasks/submit",
            "/v3/async/task-result",
            "/ent/v2/img2video",
            "/v1/videos",
            "/metrics",
            "/../etc/passwd",
            "/%2e%2e/",
        ] {
            range.request(format!("{method} {path}"), method, path, "", b"");
        }
    }
    for (method, route) in [
        ("POST", "/kinora/v1/tasks/{}/cancel"),
        ("POST", "/kinora/v1/tasks/{}/retry"),
        ("POST", "/ent/v2/tasks/{}/cancel"),
        ("POST", "/ent/v2/{}"),
        ("PUT", "/tools/v2/files/content/{}/{}"),
        ("PUT", "/tools/v2/files/uploads/{}/finish"),
        ("POST", "/v1/videos/{}/remix"),
        ("DELETE", "/v1/videos/{}"),
    ] {
        for id in ids {
            let path = route.replace("{}", id);
            range.request(format!("{method} {path}"), method, &path, "", b"{\"seed\": []}");
        }
    }
    range.request(
        "a URL of 100 kB",
        "GET",
        &format!("/kinora/v1/tasks?payload={}", "x".repeat(100_000)),
        "",
        b"",
    );
}

/// Heads that contradict themselves or never end.
pub(super) fn heads(range: &mut Range) {
    let key = range.key.clone();
    let submit = format!("POST /v1/tasks/submit HTTP/1.1\r\nhost: x\r\nauthorization: {key}\r\nconnection: close\r\n");
    for (name, rest) in [
        ("two lengths", "content-length: 5\r\ncontent-length: 7\r\n\r\nhello"),
        (
            "length and chunks",
            "content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        ),
        ("a negative length", "content-length: -1\r\n\r\n"),
        ("a length of letters", "content-length: many\r\n\r\n"),
        ("a length of 2^64", "content-length: 18446744073709551616\r\n\r\n"),
        ("a length of 2^62", "content-length: 4611686018427387904\r\n\r\n{"),
        ("an unknown coding", "transfer-encoding: gzip\r\n\r\n"),
        ("chunks that are none", "transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
        (
            "a chunk of 2^64",
            "transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}",
        ),
        (
            "a compressed body",
            "content-encoding: gzip\r\ncontent-length: 3\r\n\r\n\x1f\x08\x08",
        ),
        (
            "a bomb that says so",
            "content-encoding: identity, br\r\ncontent-length: 2\r\n\r\n{}",
        ),
        ("a folded header", "x: a\r\n b\r\ncontent-length: 2\r\n\r\n{}"),
        ("a header without a name", ": a\r\ncontent-length: 2\r\n\r\n{}"),
        ("a NUL in a header", "x: a\0b\r\ncontent-length: 2\r\n\r\n{}"),
        (
            "an idempotency key of no text",
            "idempotency-key: \u{fc}\r\ncontent-length: 2\r\n\r\n{}",
        ),
        (
            "an expectation",
            "expect: the-unexpected\r\ncontent-length: 2\r\n\r\n{}",
        ),
        (
            "an upgrade",
            "connection: upgrade\r\nupgrade: h2c\r\ncontent-length: 2\r\n\r\n{}",
        ),
        ("half a body", "content-length: 1000\r\n\r\n{\"model\":"),
        ("no body at all", "content-length: 1000\r\n\r\n"),
    ] {
        let bytes = format!("{submit}{rest}");
        range.raw(name, bytes.clone());
        range.shots.push(Shot {
            name: format!("{name}, half closed"),
            bytes: bytes.into_bytes(),
            closes: true,
        });
    }
    for (name, bytes) in [
        ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec()),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec()),
        ("HTTP/9", b"GET / HTTP/9.9\r\n\r\n".to_vec()),
        (
            "no host",
            b"GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n".to_vec(),
        ),
        (
            "a thousand headers",
            [
                "GET /healthz HTTP/1.1\r\n".to_owned(),
                "a: b\r\n".repeat(1000),
                "\r\n".to_owned(),
            ]
            .concat()
            .into_bytes(),
        ),
        (
            "a header of a megabyte",
            [
                "GET /healthz HTTP/1.1\r\na: ".to_owned(),
                "b".repeat(1 << 20),
                "\r\n\r\n".to_owned(),
            ]
            .concat()
            .into_bytes(),
        ),
        ("a line without an end", vec![b'A'; 1 << 20]),
        ("nothing", Vec::new()),
        ("half a line", b"GET /heal".to_vec()),
    ] {
        range.shots.push(Shot {
            name: name.to_owned(),
            bytes,
            closes: true,
        });
    }
    for token in [
        "",
        "Bearer",
        "Bearer x",
        "kn_00000000000000000000000000000000",
        "\u{1}",
        "'; DROP TABLE api_keys; --",
    ] {
        let head =
            format!("GET /kinora/v1/tasks HTTP/1.1\r\nhost: x\r\nauthorization: {token}\r\nconnection: close\r\n\r\n");
        range.raw(format!("key {token:?}"), head);
    }
}

/// Bodies in encodings and depths that nobody should send.
pub(super) fn bodies(range: &mut Range) {
    let json = "content-type: application/json\r\n";
    let utf16: Vec<u8> = "{\"model\": 1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", Vec::new()),
        ("a hundred thousand brackets", vec![b'['; 100_000]),
        ("a hundred thousand objects", "{\"a\":".repeat(100_000).into_bytes()),
        ("text in UTF-16", utf16),
        ("bytes that are no text", b"{\"prompt\": \"\xff\xfe\xc0\xaf\"}".to_vec()),
        ("a byte order mark", b"\xef\xbb\xbf{}".to_vec()),
        ("lone surrogates", b"{\"prompt\": \"\\ud800\"}".to_vec()),
        ("NaN", b"{\"duration\": NaN}".to_vec()),
        ("a field twice", b"{\"model\": \"a\", \"model\": \"b\"}".to_vec()),
        ("ten thousand fields", {
            let fields: Vec<String> = (0..10_000).map(|number| format!("\"f{number}\":1")).collect();
            format!("{{{}}}", fields.join(",")).into_bytes()
        }),
        (
            "a picture that never ends",
            b"{\"images\": [\"data:image/png;base64,iVBORw0KGgo".to_vec(),
        ),
        ("a form", b"model=viduq2-pro&prompt=x".to_vec()),
        (
            "multipart",
            b"--x\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\nx\r\n--x--".to_vec(),
        ),
        ("ten megabytes of blanks", vec![b' '; 10 << 20]),
    ];
    let routes = [
        kinora::SUBMIT,
        "/v1/tasks/submit",
        jiekou::SUBMIT,
        "/kinora/v1/batches",
        "/kinora/v1/tasks/1/retry",
        "/v1/tasks/status",
    ];
    for path in routes {
        for (name, body) in &bodies {
            range.request(format!("{name} to {path}"), "POST", path, json, body);
        }
    }
}
