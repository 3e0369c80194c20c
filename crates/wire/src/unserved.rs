//! What the hosted services offer and this server does not, so that a client is told so in plain words.

/// Beginnings of paths, and what is behind them.
const UNSERVED: [(&str, &str); 12] = [
    ("/v1/videos/characters", "characters"),
    ("/v1/videos/edits", "edits of videos"),
    ("/v1/videos/extensions", "extensions of videos"),
    ("/ent/v1", "the first version of this API"),
    ("/ent/v2/extend", "extensions of videos"),
    ("/ent/v2/img2video-prompt-recommendation", "prompts for pictures"),
    ("/ent/v2/lip-sync", "lip sync"),
    ("/ent/v2/one-click", "films at one click"),
    ("/ent/v2/template", "templates"),
    ("/openapi/v1/billing", "balances"),
    ("/v3/admin/video-unify-api", "schemas of models"),
    ("/v3/async/vidu-q2-template2video", "templates"),
];

/// Why there is nothing at a path that the hosted service has; `None` for a path that it has not either.
pub fn reason(path: &str) -> Option<String> {
    let (_, what) = UNSERVED.iter().find(|(beginning, _)| {
        let rest = path.strip_prefix(beginning);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })?;
    Some(format!(
        "this server does not offer {what}: it makes videos from pictures, and nothing else"
    ))
}
