//! What a client may ask for: defaults, ranges, and all faults at once.
#![expect(clippy::panic, reason = "helpers of tests may fail loudly")]

use domain::{
    catalog::{Catalog, Operation},
    draft::{Draft, DraftImage, Fault, Faults, Field, Resolved},
    failure::Code,
    request::{Amplitude, ImageSource, Resolution},
};
use proptest::prelude::*;

fn catalog() -> Catalog {
    Catalog::builtin().unwrap_or_else(|error| panic!("the embedded catalog does not parse: {error}"))
}

fn draft() -> Draft {
    Draft {
        model: Some("viduq2-pro".into()),
        images: Some(vec![DraftImage::Url("https://example.com/cat.png".into())]),
        ..Draft::default()
    }
}

fn accepted(draft: Draft) -> Resolved {
    draft
        .resolve(&catalog(), 7)
        .unwrap_or_else(|faults| panic!("refused: {faults}"))
}

fn refused(draft: Draft) -> Vec<Fault> {
    match draft.resolve(&catalog(), 7) {
        Ok(resolved) => panic!("accepted: {resolved:?}"),
        Err(Faults(faults)) => faults,
    }
}

#[test]
fn the_smallest_request_gets_the_models_defaults() {
    let request = accepted(draft()).request;
    assert_eq!((request.duration, request.resolution), (5, Resolution::P720));
    assert_eq!((request.amplitude, request.seed), (Amplitude::Auto, 7));
    assert_eq!((request.engine.as_str(), request.prompt.as_str()), ("motion", ""));
    assert!(!request.bgm && !request.audio && !request.watermark && !request.off_peak);
}

#[test]
fn every_fault_is_named_at_once() {
    let faults = refused(Draft {
        images: Some(vec![DraftImage::Url("file:///etc/passwd".into())]),
        prompt: Some("x".repeat(2001)),
        duration: Some(11),
        amplitude: Some("wild".into()),
        seed: Some(1 << 40),
        webhook: Some("ftp://example.com".into()),
        ..draft()
    });
    let fields: Vec<Field> = faults.iter().map(|fault| fault.field).collect();
    assert_eq!(
        fields,
        [
            Field::Image(0),
            Field::Prompt,
            Field::Duration,
            Field::Amplitude,
            Field::Seed,
            Field::Webhook
        ]
    );
}

#[test]
fn a_picture_that_can_never_be_fetched_is_refused() {
    for (url, word) in [
        ("http://user:word@example.com/cat.png", "password"),
        ("ftp://example.com/cat.png", "http or https"),
    ] {
        let faults = refused(Draft {
            images: Some(vec![DraftImage::Url(url.into())]),
            ..draft()
        });
        assert_eq!(faults.len(), 1, "{url}");
        assert_eq!(faults[0].field, Field::Image(0));
        assert!(faults[0].problem.contains(word), "{url}: {}", faults[0].problem);
    }
}

#[test]
fn a_webhook_that_can_never_be_sent_is_refused() {
    for (url, word) in [
        ("http://user@example.com/hook", "password"),
        ("https://user:word@example.com/hook", "password"),
        ("https://:word@example.com/hook", "password"),
        ("mailto:somebody@example.com", "http or https"),
        ("/hook", "http or https"),
    ] {
        let faults = refused(Draft {
            webhook: Some(url.into()),
            ..draft()
        });
        assert_eq!(faults.len(), 1, "{url}");
        assert_eq!(faults[0].field, Field::Webhook);
        assert!(faults[0].problem.contains(word), "{url}: {}", faults[0].problem);
    }
}

#[test]
fn durations_outside_the_models_range_are_refused() {
    for seconds in [i64::MIN, -1, 0, 11, i64::MAX] {
        let faults = refused(Draft {
            duration: Some(seconds),
            ..draft()
        });
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].field, Field::Duration);
        assert!(faults[0].problem.contains("1 to 10"), "{}", faults[0].problem);
    }
    for seconds in 1..=10 {
        assert_eq!(
            accepted(Draft {
                duration: Some(seconds),
                ..draft()
            })
            .request
            .duration,
            seconds as u32
        );
    }
}

#[test]
fn the_first_and_last_frame_operation_takes_exactly_two_pictures_and_eight_seconds() {
    let two = Some(vec![DraftImage::Inline(0), DraftImage::Inline(1)]);
    let both = Draft {
        operation: Operation::StartEndToVideo,
        images: two.clone(),
        ..draft()
    };
    assert_eq!(
        accepted(both.clone()).request.images,
        [ImageSource::Inline(0), ImageSource::Inline(1)]
    );
    assert_eq!(
        refused(Draft {
            duration: Some(9),
            ..both
        })[0]
            .field,
        Field::Duration
    );
    let one = Draft {
        operation: Operation::StartEndToVideo,
        ..draft()
    };
    assert_eq!(refused(one)[0].code, Code::ImageCount);
}

#[test]
fn resolutions_are_the_models_own_and_case_does_not_matter() {
    assert_eq!(
        accepted(Draft {
            resolution: Some("1080P".into()),
            ..draft()
        })
        .request
        .resolution,
        Resolution::P1080
    );
    let fast = Draft {
        model: Some("viduq2-pro-fast".into()),
        resolution: Some("540p".into()),
        ..draft()
    };
    let faults = refused(fast);
    assert_eq!(faults[0].field, Field::Resolution);
    assert!(faults[0].problem.contains("720p, 1080p"), "{}", faults[0].problem);
}

#[test]
fn a_duration_can_bind_the_resolution() {
    let old = Draft {
        model: Some("vidu2.0".into()),
        ..draft()
    };
    assert_eq!(accepted(old.clone()).request.resolution, Resolution::P360);
    assert_eq!(
        accepted(Draft {
            duration: Some(8),
            ..old.clone()
        })
        .request
        .resolution,
        Resolution::P720
    );
    let faults = refused(Draft {
        duration: Some(8),
        resolution: Some("1080p".into()),
        ..old
    });
    assert_eq!(faults[0].field, Field::Resolution);
    assert!(faults[0].problem.contains("at 8 seconds"), "{}", faults[0].problem);
}

#[test]
fn high_means_large() {
    for word in ["high", "large"] {
        assert_eq!(
            accepted(Draft {
                amplitude: Some(word.into()),
                ..draft()
            })
            .request
            .amplitude,
            Amplitude::Large
        );
    }
}

#[test]
fn no_seed_zero_and_negative_seeds_are_drawn() {
    for seed in [None, Some(0), Some(-1)] {
        assert_eq!(accepted(Draft { seed, ..draft() }).request.seed, 7);
    }
    let zero_drawn = draft().resolve(&catalog(), 0).map(|resolved| resolved.request.seed);
    assert_eq!(zero_drawn, Ok(1));
}

#[test]
fn what_has_no_effect_is_said() {
    let resolved = accepted(Draft {
        voice: Some("English_Aussie_Bloke".into()),
        unknown: vec!["style".into()],
        ..draft()
    });
    let fields: Vec<&str> = resolved.warnings.iter().map(|warning| warning.field.as_str()).collect();
    assert_eq!(fields, ["style", "voice_id"]);
}

#[test]
fn unknown_models_are_refused_by_name() {
    let faults = refused(Draft {
        model: Some("viduq9".into()),
        ..draft()
    });
    assert_eq!((faults[0].field, faults[0].code), (Field::Model, Code::ModelUnknown));
}

#[test]
fn the_catalog_keeps_its_own_promises() {
    for model in catalog().models {
        for limits in model.image_to_video.iter().chain(&model.start_end_to_video) {
            assert!(limits.durations.contains(&limits.default_duration), "{}", model.name);
            assert!(!limits.resolutions.is_empty(), "{}", model.name);
            assert!(limits.durations.is_sorted() && limits.durations.iter().all(|seconds| (1..=20).contains(seconds)));
        }
        assert!(!model.image_to_video.is_empty(), "{}", model.name);
    }
}

proptest! {
    #[test]
    fn whatever_is_accepted_is_within_the_models_limits(
        duration in proptest::option::of(-3i64..30),
        resolution in proptest::option::of("(360|540|720|1080|4000)[pP]?"),
        amplitude in proptest::option::of("auto|small|medium|large|high|huge"),
        seed in proptest::option::of(any::<i64>()),
        model in 0usize..9,
        drawn in any::<u32>(),
    ) {
        let catalog = catalog();
        let name = catalog.models[model].name.clone();
        let draft = Draft { model: Some(name.clone()), duration, resolution, amplitude, seed, ..draft() };
        match draft.resolve(&catalog, drawn) {
            Err(Faults(faults)) => prop_assert!(!faults.is_empty()),
            Ok(Resolved { request, .. }) => {
                let limits = &catalog.model(&name).unwrap().image_to_video;
                let fits = limits.iter().any(|row| {
                    row.durations.contains(&request.duration) && row.resolutions.contains(&request.resolution)
                });
                prop_assert!(fits);
                prop_assert!((1..=2_147_483_647).contains(&request.seed));
            }
        }
    }

    #[test]
    fn task_ids_survive_the_trip_through_text(number in 0i64..) {
        let id = domain::id::TaskId::from_i64(number);
        prop_assert_eq!(id.map(|id| id.to_string().parse().ok()), Some(id));
    }

    #[test]
    fn no_text_panics_the_task_id_parser(text in ".*") {
        let _ = text.parse::<domain::id::TaskId>();
    }
}
