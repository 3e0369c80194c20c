//! Which language a text is to be spoken in.

/// Names of languages as they stand in voice ids, and their ISO 639-1 codes.
const NAMES: [(&str, &str); 24] = [
    ("english", "en"),
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("cantonese", "yue"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("french", "fr"),
    ("german", "de"),
    ("spanish", "es"),
    ("italian", "it"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("arabic", "ar"),
    ("hindi", "hi"),
    ("dutch", "nl"),
    ("polish", "pl"),
    ("turkish", "tr"),
    ("vietnamese", "vi"),
    ("indonesian", "id"),
    ("swedish", "sv"),
    ("ukrainian", "uk"),
    ("greek", "el"),
    ("czech", "cs"),
    ("romanian", "ro"),
];

/// The language that a voice's id names, if it does.
pub(super) fn named_in(id: &str) -> Option<&'static str> {
    let id = id.to_lowercase();
    NAMES.iter().find(|(name, _)| id.contains(name)).map(|(_, code)| *code)
}

/// The language of `text` by its script. Latin letters say little: then it is `hint`, else English.
pub(super) fn of(text: &str, hint: Option<&'static str>) -> &'static str {
    let any = |from: char, to: char| text.chars().any(|character| (from..=to).contains(&character));
    let by_script = if any('\u{3040}', '\u{30ff}') {
        Some("ja")
    } else if any('\u{ac00}', '\u{d7af}') {
        Some("ko")
    } else if any('\u{3400}', '\u{9fff}') {
        Some(if hint == Some("yue") { "yue" } else { "zh" })
    } else if any('\u{0400}', '\u{04ff}') {
        Some(if hint == Some("uk") { "uk" } else { "ru" })
    } else if any('\u{0600}', '\u{06ff}') {
        Some("ar")
    } else if any('\u{0900}', '\u{097f}') {
        Some("hi")
    } else if any('\u{0370}', '\u{03ff}') {
        Some("el")
    } else {
        None
    };
    let latin = hint.filter(|code| !matches!(*code, "zh" | "yue" | "ja" | "ko" | "ru" | "uk" | "ar" | "hi" | "el"));
    by_script.or(latin).unwrap_or("en")
}

/// What espeak-ng calls the language.
pub(super) fn espeak_name(code: &str) -> &str {
    match code {
        "zh" => "cmn",
        "en" => "en-us",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_decides_and_the_hint_where_it_cannot() {
        assert_eq!(of("hello", None), "en");
        assert_eq!(of("bonjour", named_in("French_Lady_1")), "fr");
        assert_eq!(of("你好", named_in("English_Man")), "zh");
        assert_eq!(of("你好", named_in("Cantonese_Woman")), "yue");
        assert_eq!(of("こんにちは", None), "ja");
        assert_eq!(of("hello", named_in("Chinese_Girl")), "en");
    }
}
