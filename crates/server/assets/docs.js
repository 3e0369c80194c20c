// Draws /openapi.json. Everything is set as text, never as markup.
"use strict";

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function resolve(api, schema) {
  let found = schema;
  for (let hops = 0; found && found.$ref && hops < 10; hops += 1) {
    found = found.$ref.slice(2).split("/").reduce((at, part) => at && at[part], api);
  }
  return found || {};
}

function typeName(api, schema) {
  if (!schema) return "";
  if (schema.$ref) {
    const target = resolve(api, schema);
    return target.enum ? target.enum.map((value) => JSON.stringify(value)).join(" | ") : schema.$ref.split("/").pop();
  }
  const variants = schema.oneOf || schema.anyOf || schema.allOf;
  if (variants) return variants.map((variant) => typeName(api, variant)).join(" | ");
  if (schema.type === "array") return `list of ${typeName(api, schema.items)}`;
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  return [].concat(schema.type || "any").join(" | ");
}

function fieldRows(api, schema, prefix, depth, rows) {
  const target = resolve(api, schema);
  const required = target.required || [];
  for (const [name, field] of Object.entries(target.properties || {})) {
    const inner = resolve(api, (field.oneOf || field.anyOf || []).find((variant) => variant.$ref) || field);
    const path = `${prefix}${name}`;
    rows.push(
      element("tr", "", element("td", "", element("code", "", path)), element("td", "", typeName(api, field)),
        element("td", "", `${required.includes(name) ? "required. " : ""}${field.description || inner.description || ""}`)),
    );
    const nested = inner.type === "array" ? inner.items : inner;
    if (depth < 4 && resolve(api, nested).properties) {
      fieldRows(api, nested, `${path}${inner.type === "array" ? "[]" : ""}.`, depth + 1, rows);
    }
  }
  return rows;
}

function schemaView(api, content) {
  const [mediaType, media] = Object.entries(content || {})[0] || [];
  if (!mediaType) return null;
  const schema = resolve(api, media.schema);
  const example = media.example || schema.example || (schema.examples || [])[0];
  const rows = fieldRows(api, media.schema, "", 0, []);
  return element("div", "",
    rows.length ? element("table", "", element("tbody", "", ...rows)) : element("p", "", mediaType),
    example ? element("pre", "", JSON.stringify(example, null, 2)) : null);
}

function parameterTable(api, parameters) {
  const rows = parameters.map((parameter) =>
    element("tr", "", element("td", "", element("code", "", parameter.name)), element("td", "", parameter.in),
      element("td", "", `${parameter.required ? "required. " : ""}${parameter.description || ""}`)));
  return element("table", "", element("tbody", "", ...rows));
}

function operationView(api, path, method, operation) {
  const body = element("div", "");
  body.append(element("p", "", operation.description || ""));
  if (operation.parameters && operation.parameters.length) {
    body.append(element("h4", "", "Parameters"), parameterTable(api, operation.parameters));
  }
  if (operation.requestBody) {
    body.append(element("h4", "", "Body"), schemaView(api, operation.requestBody.content) || "");
  }
  for (const [status, response] of Object.entries(operation.responses || {})) {
    body.append(element("h4", "", `${status}: ${response.description}`), schemaView(api, response.content) || "");
  }
  const summary = element("summary", "", element("span", "method", method.toUpperCase()), element("code", "", path),
    ` ${operation.summary || ""}`);
  return element("details", "", summary, body);
}

function draw(api) {
  document.getElementById("title").textContent = `${api.info.title} API ${api.info.version}`;
  const paragraphs = (api.info.description || "").split("\n\n").map((text) => element("p", "", text));
  document.getElementById("description").append(...paragraphs);
  const main = document.getElementById("operations");
  for (const tag of api.tags || []) {
    main.append(element("h2", "", tag.name), element("p", "", tag.description || ""));
    for (const [path, methods] of Object.entries(api.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        if ((operation.tags || []).includes(tag.name)) main.append(operationView(api, path, method, operation));
      }
    }
  }
}

fetch("/openapi.json")
  .then((answer) => answer.json())
  .then(draw)
  .catch((error) => document.getElementById("operations").append(`openapi.json could not be read: ${error}`));
