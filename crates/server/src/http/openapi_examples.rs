//! An example for every body of the API's description, made from the examples of its schema's fields.

use serde_json::{Map, Value, json};

/// How deep schemas may lie in each other; what refers to itself ends there.
const DEEPEST: usize = 12;

/// Fills in what is missing.
pub(super) fn fill_in(document: &mut Value) {
    let schemas = document.pointer("/components/schemas").cloned().unwrap_or_default();
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
        return;
    };
    let operations = paths
        .values_mut()
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut);
    for (kind, media) in operations.flat_map(contents).flatten() {
        let is_text = kind.contains("json") || kind.contains("text");
        let Some(media) = media.as_object_mut().filter(|_| is_text) else {
            continue;
        };
        if media.contains_key("example") || media.contains_key("examples") {
            continue;
        }
        if let Some(schema) = media.get("schema") {
            let example = example(schema, &schemas, 0);
            media.insert("example".to_owned(), example);
        }
    }
}

/// What an operation takes and what it answers, by media type.
fn contents(operation: &mut Value) -> Vec<&mut Map<String, Value>> {
    let Some(operation) = operation.as_object_mut() else {
        return Vec::new();
    };
    let mut bodies = Vec::new();
    for (part, value) in operation {
        match part.as_str() {
            "requestBody" => bodies.push(value),
            "responses" => bodies.extend(value.as_object_mut().into_iter().flat_map(Map::values_mut)),
            _ => {}
        }
    }
    bodies
        .into_iter()
        .filter_map(|body| body.get_mut("content")?.as_object_mut())
        .collect()
}

fn example(schema: &Value, schemas: &Value, depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    for given in ["example", "default", "const"] {
        if let Some(value) = schema.get(given) {
            return value.clone();
        }
    }
    if let Some(first) = schema.pointer("/examples/0").or_else(|| schema.pointer("/enum/0")) {
        return first.clone();
    }
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let name = name.rsplit('/').next().unwrap_or_default();
        return schemas
            .get(name)
            .map_or(Value::Null, |schema| example(schema, schemas, depth + 1));
    }
    if let Some(Value::Array(parts)) = schema.get("allOf") {
        return merged(parts, schemas, depth);
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(Value::Array(choices)) = schema.get(choice) {
            let chosen = choices.iter().find(|schema| schema.get("type") != Some(&json!("null")));
            return chosen.map_or(Value::Null, |schema| example(schema, schemas, depth + 1));
        }
    }
    of_type(schema, schemas, depth)
}

fn merged(parts: &[Value], schemas: &Value, depth: usize) -> Value {
    let mut whole = Map::new();
    for part in parts {
        match example(part, schemas, depth + 1) {
            Value::Object(fields) => whole.extend(fields),
            single => return single,
        }
    }
    Value::Object(whole)
}

fn of_type(schema: &Value, schemas: &Value, depth: usize) -> Value {
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().find(|kind| *kind != "null").and_then(Value::as_str),
        kind => kind.and_then(Value::as_str),
    };
    match kind {
        Some("array") => {
            let item = schema.get("items").map(|schema| example(schema, schemas, depth + 1));
            Value::Array(item.into_iter().filter(|item| !item.is_null()).collect())
        }
        Some("string") => json!("text"),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
        Some("boolean") => json!(true),
        _ => {
            let properties = schema.get("properties").and_then(Value::as_object);
            let fields = properties.into_iter().flatten();
            Value::Object(
                fields
                    .map(|(name, schema)| (name.clone(), example(schema, schemas, depth + 1)))
                    .collect(),
            )
        }
    }
}
