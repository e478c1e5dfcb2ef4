#!/usr/bin/env node
// What our cases ask of a tool, held against the vendor's own OpenAPI description: every request that replaying a product's cases makes goes through a
// validating mock (prism), and every query parameter has to be one that the description names (prism lets unknown ones pass).
// Skips (77), with a sentence, where the descriptions or npm are not there.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const program = process.env.AKASHI_PROGRAM ?? join(root, "build", "akashi");
const work = process.env.AKASHI_CONTRACT_DIR ?? join(root, "build", "contract");
const samples = process.env.AKASHI_SAMPLES ?? join(root, "..", "shared", "samples");
const prism = "@stoplight/prism-cli@5.14.2";
const graphql = "graphql@16.15.0";
// Of these mock errors the request is guilty; others say that an example answer could not be made up.
const guilty = /NO_PATH_MATCHED|NO_METHOD_MATCHED|UNAUTHORIZED|INVALID_CONTENT_TYPE/;
// product: descriptions, or `graphql`: a package with the vendor's schema; `part` means that the description holds only some of the product's paths; `prefix` stands before them in our requests;
// `contradicts`: complaints that the description brings on itself, each with why no request can satisfy it;
// `depth`: so many references from a request's description are followed, where the mock would not come to an end with all of them;
// `known`: parameters that the product takes although its description is silent, each with where that is written.
const contracts = JSON.parse(readFileSync(new URL("contracts.json", import.meta.url), "utf8"));

function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(77);
}

function install(...packages) {
  mkdirSync(work, { recursive: true });
  const absent = packages.filter((one) => !existsSync(join(work, "node_modules", one.slice(0, one.lastIndexOf("@")))));
  if (!absent.length) return;
  try {
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--prefix", work, ...absent], { stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    skip(`npm could not install ${absent.join(", ")} (${String(error.message).split("\n")[0]})`);
  }
}

const required = (name) => createRequire(join(work, "node_modules", "x.js"))(name);

// A part of a description points into files that are not beside it: what stands there may be anything.
function withinItself(node) {
  if (node === null || typeof node !== "object") return node;
  if (Array.isArray(node)) return node.map(withinItself);
  if (typeof node.$ref === "string" && !node.$ref.startsWith("#")) return {};
  return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, withinItself(member)]));
}

// A vendor's own client may hold its operations as lists of {method, path, params}, the params as Swagger 2 writes them.
function ofOperations(lists) {
  const paths = {};
  for (const { method, path, params } of Object.values(lists).flat()) {
    if (path.includes("{}")) continue; // a parameter without a name
    const parameters = params.map((one) => (one.in === "body" ? { ...one, schema: {} } : one));
    const consumes = [params.some((one) => one.in === "formData") ? "application/x-www-form-urlencoded" : "application/json"];
    (paths[path] ??= {})[method.toLowerCase()] = { consumes, parameters, responses: { 200: { description: "an answer" } } };
  }
  return { swagger: "2.0", info: { title: "operations", version: "1" }, paths };
}

function description(file) {
  const { load } = required("js-yaml");
  const bytes = readFileSync(join(samples, file));
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const written = text.trimStart().startsWith("{") ? JSON.parse(text) : load(text);
  return withinItself(written.paths ? written : ofOperations(written));
}

// What the mock is given: the operations that are asked for, without their answers and with what they refer to; a large description takes it minutes.
function asked(spec, requests, depth = Infinity) {
  const own = Object.entries(spec).filter(([key]) => key !== "webhooks" && key !== "x-webhooks");
  const made = { ...Object.fromEntries(own), paths: {}, components: { securitySchemes: spec.components?.securitySchemes ?? {} } };
  if (spec.swagger) delete made.components;
  for (const { method, path } of requests) {
    for (const { template } of operations(spec, method, path)) {
      const item = resolved(spec, spec.paths[template]);
      const operation = { ...item[method.toLowerCase()], responses: { 200: { description: "an answer" } } };
      made.paths[template] = { ...(item.parameters && { parameters: item.parameters }), ...made.paths[template], [method.toLowerCase()]: operation };
    }
  }
  if (!spec.swagger) referred(spec, made.paths, made.components, depth);
  return made;
}

// The components that a node refers to, over so many references; what is further away may be anything.
function referred(spec, from, components, depth) {
  let nodes = [from];
  for (let level = 0; nodes.length; ++level) {
    const found = [];
    for (const [kind, name] of nodes.flatMap(references)) {
      if (components[kind]?.[name] !== undefined || spec.components[kind]?.[name] === undefined) continue;
      (components[kind] ??= {})[name] = level < depth ? spec.components[kind][name] : {};
      found.push(components[kind][name]);
    }
    nodes = found;
  }
}

function references(node) {
  if (node === null || typeof node !== "object") return [];
  const own = typeof node.$ref === "string" && node.$ref.startsWith("#/components/") ? [keysOf(node.$ref).slice(1)] : [];
  return [...own, ...Object.values(node).flatMap(references)];
}

function requestsOf(product) {
  const cases = join(root, "connectors", "products", product, "cases");
  const made = new Map();
  for (const one of readdirSync(cases).sort()) {
    let out;
    try {
      out = execFileSync(program, ["replay", join(cases, one), "--requests"], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
    } catch (error) {
      out = error.stdout ?? ""; // a case that does not hold is another test's matter
    }
    for (const line of out.split("\n")) if (line) made.set(line, JSON.parse(line));
  }
  return [...made.values()];
}

// ---- query parameters --------------------------------------------------------------------------------------------------------------------

function resolved(spec, node) {
  while (node && node.$ref) node = keysOf(node.$ref).reduce((at, key) => at?.[key], spec);
  return node;
}

const keysOf = (reference) => reference.slice(2).split("/").map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));

// The operations whose path could be this one.
function operations(spec, method, path) {
  const found = [];
  for (const [template, item] of Object.entries(spec.paths)) {
    const shape = new RegExp("^" + template.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^/{}]+\}/g, "[^/]+") + "/?$");
    const operation = resolved(spec, item)?.[method.toLowerCase()];
    if (operation && shape.test(path)) found.push({ template, parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])] });
  }
  const exact = found.filter((one) => !one.template.includes("{"));
  return exact.length ? exact : found;
}

function unknownParameters(spec, request, path, known) {
  const matches = operations(spec, request.method, path);
  if (!matches.length) return null;
  const names = new Set(known);
  const beginnings = []; // of an object that stands for several parameters: cf_x for cf_1, cf_2 …
  for (const one of matches) {
    for (const parameter of one.parameters.map((each) => resolved(spec, each))) {
      if (parameter?.in !== "query") continue;
      names.add(parameter.name);
      const schema = resolved(spec, parameter.schema);
      if (schema?.type !== "object" || parameter.style === "deepObject") continue;
      for (const property of Object.keys(schema.properties ?? {})) names.add(property);
      if (schema.additionalProperties) beginnings.push(parameter.name.replace(/x$/, ""));
    }
  }
  for (const scheme of Object.values(spec.components?.securitySchemes ?? spec.securityDefinitions ?? {}))
    if (scheme.in === "query") names.add(scheme.name);
  const isKnown = (name) => names.has(name) || names.has(name.replace(/\[.*$/, "")) || names.has(`${name}[]`) || beginnings.some((begin) => name.startsWith(begin));
  return [...new URL(request.url).searchParams.keys()].filter((name) => !isKnown(name));
}

// ---- the mock ----------------------------------------------------------------------------------------------------------------------------

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function mock(file) {
  const port = await freePort();
  const child = spawn(join(work, "node_modules", ".bin", "prism"), ["mock", "--errors", "-h", "127.0.0.1", "-p", String(port), file], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (said += text));
  for (let waited = 0; waited < 600 && child.exitCode === null; ++waited) {
    if (said.includes("is listening on")) return { child, url: `http://127.0.0.1:${port}` };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error(`the mock did not start for ${file}\n${said.slice(-2000)}`);
}

async function violation(base, request, path) {
  const url = new URL(request.url);
  const headers = { ...request.headers };
  const answer = await fetch(base + path + url.search, { method: request.method, headers, body: request.method === "GET" ? undefined : request.body });
  const text = await answer.text();
  const told = JSON.parse(answer.headers.get("sl-violations") ?? "[]").filter((one) => one.severity === "Error" && one.location[0] === "request");
  if (told.length) return told.map((one) => `${one.location.slice(1).join(".")}: ${one.message}`).join("; ");
  if (answer.status < 400) return null;
  try {
    const body = JSON.parse(text);
    // Where the description has no answer for a wrong request, the faults stand in the mock's own.
    if (/UNPROCESSABLE_ENTITY/.test(body.type ?? "")) return body.validation.map((one) => `${one.location.join(".")}: ${one.message}`).join("; ");
    return guilty.test(body.type ?? "") ? `${body.type.split("#").pop()}: ${body.detail || body.title}` : null;
  } catch {
    return null; // the vendor's own example of an error
  }
}

function pathOf(request, prefix) {
  const path = new URL(request.url).pathname;
  return prefix && path.startsWith(prefix) ? path.slice(prefix.length) || "/" : path;
}

async function check(product, contract) {
  const spec = description(contract.description);
  const requests = requestsOf(product).map((request) => ({ ...request, path: pathOf(request, contract.prefix) }));
  const plain = join(work, `${product}-${contract.description.replace(/\W+/g, "-")}.json`);
  const part = asked(spec, requests, contract.depth);
  if (!Object.keys(part.paths).length) {
    console.log(`${product}: none of ${requests.length} requests is described in ${contract.description}`);
    return 1;
  }
  writeFileSync(plain, JSON.stringify(part));
  const { child, url } = await mock(plain);
  const faults = new Set();
  let held = 0, elsewhere = 0;
  try {
    for (const request of requests) {
      const { path } = request;
      const shown = `${request.method} ${path}`;
      const unknown = unknownParameters(spec, request, path, contract.known ? Object.keys(contract.known) : []);
      if (unknown === null) {
        ++elsewhere;
        const silent = Object.keys(contract.silent ?? {}).some((known) => new RegExp(`^${known}$`).test(path));
        if (!contract.part && !silent) faults.add(`${shown}: the description has no such request`);
        continue;
      }
      ++held;
      for (const name of unknown) faults.add(`${shown}: unknown query parameter "${name}"`);
      const own = Object.keys(contract.contradicts ?? {}).map((pattern) => new RegExp(`^${pattern}`));
      const complaints = ((await violation(url, request, path)) ?? "").split("; ");
      const wrong = complaints.filter((one) => !own.some((pattern) => pattern.test(one))).join("; ");
      if (wrong && !Object.keys(contract.known ?? {}).some((name) => wrong.includes(`query.${name}:`))) faults.add(`${shown}: ${wrong}`);
    }
  } finally {
    child.kill();
  }
  const sum = `${held} different requests held against ${contract.description}, ${elsewhere} that it does not describe, ${faults.size} faults`;
  console.log(`${product}: ${sum}`);
  for (const fault of faults) console.log(`  ${fault.length > 400 ? fault.slice(0, 400) + "…" : fault}`);
  return faults.size;
}

// Every GraphQL query that is asked fits the schema that the vendor publishes as a package, and brings the variables that it names.
function checkQueries(product, contract) {
  install(graphql, contract.graphql);
  const { buildSchema, parse, validate } = required("graphql");
  const folder = contract.graphql.slice(0, contract.graphql.lastIndexOf("@"));
  const schema = buildSchema(readFileSync(join(work, "node_modules", folder, "schema.graphql"), "utf8"), { assumeValidSDL: true });
  const faults = new Set(), asked = new Set();
  for (const request of requestsOf(product)) {
    if (!new URL(request.url).pathname.endsWith("/graphql")) continue;
    const { query, variables } = JSON.parse(request.body);
    if (asked.has(query)) continue;
    asked.add(query);
    for (const { message } of validate(schema, parse(query))) faults.add(message);
    for (const { variable } of parse(query).definitions[0].variableDefinitions)
      if (!(variable.name.value in variables)) faults.add(`no value is given for ${variable.name.value}`);
  }
  console.log(`${product}: ${asked.size} GraphQL queries held against ${contract.graphql}, ${faults.size} faults`);
  for (const fault of faults) console.log(`  ${fault}`);
  return faults.size + (asked.size ? 0 : 1);
}

if (!existsSync(samples)) skip(`the vendors' descriptions are not here (${samples})`);
install(prism);
let faults = 0, checked = 0;
for (const [product, list] of Object.entries(contracts)) {
  if (process.argv.length > 2 && !process.argv.includes(product)) continue;
  for (const contract of list) {
    if (contract.graphql) {
      ++checked;
      faults += checkQueries(product, contract);
      continue;
    }
    if (!existsSync(join(root, "connectors", "products", product)) || !existsSync(join(samples, contract.description))) {
      console.log(`${product}: skipped, ${contract.description} or its cases are not here`);
      continue;
    }
    ++checked;
    faults += await check(product, contract);
  }
}
console.log(`${checked} contracts, ${faults} faults`);
process.exit(faults ? 1 : 0);
