// Draws /openapi.json. Everything is set as text, never as markup.
"use strict";

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// What stands between backticks is code.
function prose(text) {
  return (text || "").split("`").map((part, number) => (number % 2 ? element("code", "", part) : part));
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
        element("td", "", required.includes(name) ? "required. " : "", ...prose(field.description || inner.description))),
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
  const rows = fieldRows(api, media.schema, "", 0, []);
  return element("div", "",
    rows.length ? element("table", "", element("tbody", "", ...rows)) : element("p", "", mediaType),
    media.example ? element("pre", "", JSON.stringify(media.example, null, 2)) : null);
}

function parameterTable(api, parameters) {
  const rows = parameters.map((parameter) =>
    element("tr", "", element("td", "", element("code", "", parameter.name)), element("td", "", parameter.in),
      element("td", "", typeName(api, parameter.schema)),
      element("td", "", parameter.required ? "required. " : "", ...prose(parameter.description))));
  return element("table", "", element("tbody", "", ...rows));
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

// The call as one would type it, with the examples of what it needs.
function curl(path, method, operation) {
  const needed = (operation.parameters || []).filter((parameter) => parameter.required);
  const given = (parameter) => encodeURIComponent(parameter.example || parameter.name.toUpperCase());
  const filled = needed.filter((parameter) => parameter.in === "path")
    .reduce((url, parameter) => url.replace(`{${parameter.name}}`, given(parameter)), path);
  const query = needed.filter((parameter) => parameter.in === "query")
    .map((parameter) => `${parameter.name}=${given(parameter)}`).join("&");
  const url = quoted(location.origin + filled + (query ? `?${query}` : ""));
  const words = ["curl", ...(method === "get" ? [] : ["-X", method.toUpperCase()]), url];
  if ((operation.security || []).length) words.push('-H "Authorization: $KINORA_API_KEY"');
  const media = operation.requestBody && operation.requestBody.content["application/json"];
  if (media) words.push("-H 'Content-Type: application/json'", "-d", quoted(JSON.stringify(media.example)));
  return words.join(" ");
}

function operationView(api, path, method, operation) {
  const body = element("div", "");
  body.append(element("p", "", ...prose(operation.description)), element("pre", "", curl(path, method, operation)));
  if (operation.parameters && operation.parameters.length) {
    body.append(element("h4", "", "Parameters"), parameterTable(api, operation.parameters));
  }
  if (operation.requestBody) {
    body.append(element("h4", "", "Body"), schemaView(api, operation.requestBody.content) || "");
  }
  for (const [status, response] of Object.entries(operation.responses || {})) {
    body.append(element("h4", "", `${status}: `, ...prose(response.description)), schemaView(api, response.content) || "");
  }
  const summary = element("summary", "", element("span", "method", method.toUpperCase()), element("code", "", path),
    " ", ...prose(operation.summary));
  return element("details", "", summary, body);
}

function draw(api) {
  document.getElementById("title").textContent = `${api.info.title} API ${api.info.version}`;
  const paragraphs = (api.info.description || "").split("\n\n").map((text) => element("p", "", ...prose(text)));
  document.getElementById("description").append(...paragraphs);
  const main = document.getElementById("operations");
  for (const tag of api.tags || []) {
    main.append(element("h2", "", tag.name), element("p", "", ...prose(tag.description)));
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
