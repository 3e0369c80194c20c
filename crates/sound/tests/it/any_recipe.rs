//! Whatever stands in a recipe, there is a soundtrack of the right length, finite and within full scale.

use crate::ears;
use domain::recipe::{Beat, Recipe, SoundKind, SoundSource, SubjectAction, SubjectKind};
use proptest::prelude::*;
use sound::{MOST_FRAMES, Wants, compose};

fn odd_number() -> impl Strategy<Value = f32> {
    prop_oneof![
        Just(f32::NAN),
        Just(f32::INFINITY),
        Just(f32::NEG_INFINITY),
        Just(0.0),
        Just(-1.0),
        Just(1e9),
        Just(f32::MIN_POSITIVE),
        30.0..250.0f32,
    ]
}

fn odd_count() -> impl Strategy<Value = u32> {
    prop_oneof![Just(0), Just(1), Just(u32::MAX), 0..300u32]
}

fn odd_dance() -> impl Strategy<Value = SubjectAction> {
    (odd_count(), odd_count(), odd_number()).prop_map(|(from, to, strength)| SubjectAction {
        kind: SubjectKind::Dance,
        from,
        to,
        strength,
        times: None,
    })
}

fn odd_sound() -> impl Strategy<Value = SoundSource> {
    let places = (odd_number(), odd_number(), odd_number());
    let kinds = 0..SoundKind::ALL.len();
    (kinds, odd_count(), odd_count(), places, prop::option::of(odd_number())).prop_map(
        |(kind, from, to, (level, place, width), every)| SoundSource {
            kind: SoundKind::ALL[kind],
            from,
            to,
            level,
            place,
            width,
            every,
        },
    )
}

prop_compose! {
    fn odd_recipe()(
        style in 0..ears::STYLES.len(),
        seed in any::<u32>(),
        frames in 0..200u32,
        tempo in odd_number(),
        bar in odd_count(),
        subject in prop::collection::vec(odd_dance(), 0..3),
        sounds in prop::collection::vec(odd_sound(), 0..3),
    ) -> Recipe {
        Recipe { frames, beat: Beat { tempo, bar }, subject, sounds, ..ears::recipe(ears::STYLES[style], 96.0, seed, 1) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_recipe_gives_a_soundtrack(recipe in odd_recipe(), bgm: bool, ambience: bool) {
        let sound = compose(&recipe, Wants { bgm, ambience }, &[]);
        prop_assert_eq!(sound.samples.len(), recipe.frames as usize * 2000 * 2);
        prop_assert!(sound.samples.iter().all(|sample| sample.abs() <= 1.0));
    }
}

#[test]
fn an_endless_clip_gets_the_longest_soundtrack() {
    let mut recipe = ears::recipe(ears::STYLES[5], 1e9, 1, 1);
    recipe.frames = u32::MAX;
    let sound = compose(&recipe, ears::BOTH, &[]);
    assert_eq!(sound.samples.len(), MOST_FRAMES as usize * 2000 * 2);
    assert!(sound.samples.iter().all(|sample| sample.abs() <= 1.0));
}

#[test]
fn tempo_out_of_range_is_brought_into_it() {
    let at = |tempo| compose(&ears::recipe(ears::STYLES[5], tempo, 1, 3), ears::MUSIC, &[]);
    assert_eq!(at(0.0), at(60.0));
    assert_eq!(at(1e9), at(180.0));
    assert_eq!(at(f32::NAN), at(96.0));
}
