//! Which voice speaks: the one that is named, else the nearest to the words in a foreign id, else what the prompt
//! says about who speaks.

use super::{
    catalogue::{Age, Sex, Voice},
    language,
};

/// What words say about a voice. Words of one list are looked for in ids and prompts alike.
const FEMALE: [&str; 22] = [
    "female",
    "woman",
    "women",
    "girl",
    "lady",
    "she",
    "her",
    "mother",
    "queen",
    "princess",
    "grandma",
    "grandmother",
    "shaonv",
    "yujie",
    "nv",
    "tianmei",
    "meimei",
    "她",
    "女",
    "奶奶",
    "姑娘",
    "妈妈",
];
const MALE: [&str; 25] = [
    "male",
    "man",
    "men",
    "boy",
    "guy",
    "bloke",
    "gentleman",
    "he",
    "his",
    "father",
    "king",
    "prince",
    "grandpa",
    "grandfather",
    "nan",
    "jingying",
    "badao",
    "qingse",
    "shaoye",
    "gege",
    "他",
    "男",
    "爷爷",
    "少年",
    "爸爸",
];
const CHILD: [&str; 14] = [
    "child",
    "children",
    "kid",
    "kids",
    "boy",
    "girl",
    "baby",
    "little",
    "tongsheng",
    "ertong",
    "小孩",
    "孩子",
    "儿童",
    "宝宝",
];
const OLD: [&str; 14] = [
    "old",
    "elder",
    "elderly",
    "senior",
    "grandma",
    "grandpa",
    "grandmother",
    "grandfather",
    "wise",
    "laoren",
    "老人",
    "老",
    "爷爷",
    "奶奶",
];

/// A voice and why it was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub voice: Voice,
    /// The voice is not the one that was named: nobody has that, this is the nearest.
    pub mapped: bool,
}

/// Chooses among `voices` for `text`. Another `seed` takes another of equally good ones when no id is given.
/// `None` only when there are no voices.
pub fn choose(voices: &[Voice], id: Option<&str>, prompt: &str, text: &str, seed: u32) -> Option<Choice> {
    if let Some(voice) = id.and_then(|id| voices.iter().find(|voice| voice.id.eq_ignore_ascii_case(id))) {
        return Some(Choice {
            voice: voice.clone(),
            mapped: false,
        });
    }
    let described = words(id.unwrap_or(prompt));
    let says = |list: &[&str]| described.iter().any(|word| list.contains(&word.as_str()));
    let sex = match (says(&FEMALE), says(&MALE)) {
        (true, false) => Some(Sex::Female),
        (false, true) => Some(Sex::Male),
        _ => None,
    };
    let age = match (says(&CHILD), says(&OLD)) {
        // "girl" and "boy" in an id are mostly grown up; only with a second word are they children.
        (true, _) if id.is_none() || says(&CHILD[..4]) || says(&["little", "tongsheng", "ertong"]) => Age::Child,
        (_, true) => Age::Old,
        _ => Age::Adult,
    };
    let language = language::of(text, id.and_then(language::named_in));
    let home = if language == "zh" { "zh" } else { "en" };
    let fitness = |voice: &&Voice| {
        let fits_sex = sex.is_none_or(|sex| sex == voice.sex);
        u32::from(voice.language == home) * 4 + u32::from(voice.age == age) * 2 + u32::from(fits_sex) * 3
    };
    let best = voices.iter().map(|voice| fitness(&voice)).max()?;
    let equals: Vec<&Voice> = voices.iter().filter(|voice| fitness(voice) == best).collect();
    let chance = id.map_or(seed, hash);
    let at = chance.checked_rem(u32::try_from(equals.len()).unwrap_or(1))?;
    let voice = (*equals.get(at as usize)?).clone();
    Some(Choice {
        voice,
        mapped: id.is_some(),
    })
}

/// The words of an id or a prompt in lower case: "English_AussieBloke" is english, aussie, bloke. Han characters count
/// one by one and in pairs.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last: Option<char> = None;
    for character in text.chars() {
        let is_han = ('\u{3400}'..='\u{9fff}').contains(&character);
        let begins = character.is_uppercase() && last.is_some_and(char::is_lowercase);
        if is_han {
            if let Some(before) = last.filter(|before| ('\u{3400}'..='\u{9fff}').contains(before)) {
                words.push(format!("{before}{character}"));
            }
            words.push(character.to_string());
        } else if !character.is_alphabetic() || begins {
            words.push(String::new());
        }
        if character.is_alphabetic() && !is_han {
            if last.is_some_and(|before| ('\u{3400}'..='\u{9fff}').contains(&before)) {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(character.to_lowercase());
            }
        }
        last = Some(character);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// FNV-1a, by Fowler, Noll and Vo (public domain).
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::catalogue::voices;

    fn chosen(id: Option<&str>, prompt: &str, text: &str) -> Choice {
        choose(&voices().unwrap_or_default(), id, prompt, text, 7).unwrap_or_else(|| unreachable!("there are voices"))
    }

    #[test]
    fn our_own_ids_are_exact() {
        let choice = chosen(Some("flint"), "she says", "hello");
        assert_eq!((choice.voice.id.as_str(), choice.mapped), ("flint", false));
    }

    #[test]
    fn foreign_ids_are_mapped_by_their_words() {
        for (id, text, sex, age) in [
            ("English_Aussie_Bloke", "hello", Sex::Male, Age::Adult),
            ("female-shaonv", "你好", Sex::Female, Age::Adult),
            ("male-qn-qingse", "你好", Sex::Male, Age::Adult),
            ("English_WiseOldMan", "hello", Sex::Male, Age::Old),
            ("little_girl_kid_v2", "hello", Sex::Female, Age::Child),
            ("Wise_Woman", "hello", Sex::Female, Age::Old),
        ] {
            let choice = chosen(Some(id), "", text);
            assert!(choice.mapped);
            assert_eq!((choice.voice.sex, choice.voice.age), (sex, age), "{id}: {choice:?}");
            assert_eq!(choice, chosen(Some(id), "", text));
        }
    }

    #[test]
    fn without_an_id_the_prompt_decides() {
        let she = chosen(None, "the woman smiles and says", "good morning");
        assert_eq!((she.voice.sex, she.mapped), (Sex::Female, false));
        let he = chosen(None, "他说", "你好");
        assert_eq!((he.voice.sex, he.voice.language.as_str()), (Sex::Male, "zh"));
        assert_eq!(chosen(None, "a little girl says", "hi").voice.age, Age::Child);
    }
}
