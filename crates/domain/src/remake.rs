//! A new request from an old one.

use crate::{
    catalog::Catalog,
    draft::{Fault, Faults, Field, LARGEST_SEED, seed_or_drawn},
    request::GenerationRequest,
};

/// What is to be different this time; everything else, the pictures too, stays as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    pub prompt: Option<String>,
    /// 0 and negative ones draw another.
    pub seed: Option<i64>,
}

impl Changes {
    /// The request with these changes. `drawn_seed` is taken when the client wants another seed and does not
    /// say which.
    ///
    /// # Errors
    /// All faults of the changes; and the model, when the catalog no longer has it.
    pub fn apply(
        &self,
        mut request: GenerationRequest,
        catalog: &Catalog,
        drawn_seed: u32,
    ) -> Result<GenerationRequest, Faults> {
        let mut faults = Vec::new();
        let Some(model) = catalog.model(&request.model) else {
            return Err(Faults(vec![Fault::unknown_model()]));
        };
        request.engine.clone_from(&model.engine);
        if let Some(prompt) = &self.prompt {
            let limit = model.prompt_limit;
            if prompt.chars().count() > limit {
                let problem = format!("must have at most {limit} characters");
                faults.push(Fault::invalid(Field::Prompt, problem));
            }
            request.prompt.clone_from(prompt);
        }
        if let Some(seed) = self.seed {
            if seed > LARGEST_SEED {
                faults.push(Fault::invalid(Field::Seed, format!("must be at most {LARGEST_SEED}")));
            }
            request.seed = seed_or_drawn(seed, drawn_seed);
        }
        if faults.is_empty() {
            Ok(request)
        } else {
            Err(Faults(faults))
        }
    }
}
