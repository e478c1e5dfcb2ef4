#!/usr/bin/env node
// The JSON Schema that `akashi connectors schema` prints, held against every descriptor by a validator of its own (ajv): every product's passes, and
// every refused sample that it can know of does not. Skips (77), with a sentence, where npm is not there.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const program = process.env.AKASHI_PROGRAM ?? join(root, "build", "akashi");
const work = join(process.env.AKASHI_CONTRACT_DIR ?? join(root, "build", "contract"), "schema");
const wanted = ["ajv@8.17.1", "yaml@2.5.1"];

mkdirSync(work, { recursive: true });
if (!wanted.every((one) => existsSync(join(work, "node_modules", one.split("@")[0])))) {
  try {
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--prefix", work, ...wanted], { stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    console.log(`skipped: npm could not install ${wanted.join(" and ")} (${String(error.message).split("\n")[0]})`);
    process.exit(77);
  }
}
const need = createRequire(join(work, "node_modules", "x.js"));
const Ajv = need("ajv/dist/2020").default;
const { parse } = need("yaml");
const schema = JSON.parse(execFileSync(program, ["connectors", "schema"], { encoding: "utf8" }));
const fits = new Ajv({ strict: true, strictTypes: false, allErrors: false, verbose: false }).compile(schema);
const wrong = [];

const products = join(root, "connectors", "products");
const names = readdirSync(products);
for (const name of names) {
  const fine = fits(parse(readFileSync(join(products, name, "connector.yaml"), "utf8")));
  if (!fine) wrong.push(`${name}: ${JSON.stringify(fits.errors[0])}`);
}

// What only the whole descriptor can tell is beyond a schema; unknown keys, missing keys and words are not.
const refused = join(root, "tests", "refused", "connectors");
const sentences = new Map(
  readFileSync(join(root, "tests", "refused", "connectors.txt"), "utf8").split("\n").map((line) => [line.slice(0, line.indexOf(":")), line]),
);
const knowable = /unknown key|the key "[a-z_]+" is missing|expected (a whole number|true or false|a length of time)|is no (shape|kind of paging|way to log in|action|kind of lookup|class of error|HTTP status)/;
const beyond = new Set(["cursor_missing.yaml"]); // whether a stream needs one hangs on its shape
let caught = 0;
for (const name of readdirSync(refused)) {
  let read;
  try {
    read = parse(readFileSync(join(refused, name), "utf8"), { uniqueKeys: false });
  } catch {
    continue; // no YAML at all
  }
  if (beyond.has(name) || !knowable.test(sentences.get(name) ?? "")) continue;
  if (fits(read)) wrong.push(`${name}: the schema lets it pass, check says: ${sentences.get(name)}`);
  else ++caught;
}
console.log(`${names.length} products fit the schema, ${caught} refused samples do not`);
if (caught < 10) wrong.push("hardly any refused sample was tried");
for (const one of wrong) console.error(one);
process.exit(wrong.length ? 1 : 0);
