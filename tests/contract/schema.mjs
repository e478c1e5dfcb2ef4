#!/usr/bin/env node
// The JSON Schemas that `akashi connectors schema` and `akashi mappings schema` print, held against every descriptor and every rule by a validator of its
// own (ajv): all that are shipped pass, and every refused sample that they can know of does not. Skips (77), with a sentence, where npm is not there.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
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
const wrong = [];

const yaml = (file) => parse(readFileSync(file, "utf8"), { uniqueKeys: false });
const files = (folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name));

// Every sound file fits; every refused sample whose sentence `knowable` finds does not. What only the whole file can tell is beyond a schema: `beyond`.
function hold(command, sound, samples, knowable, beyond) {
  const schema = JSON.parse(execFileSync(program, [command, "schema"], { encoding: "utf8" }));
  const fits = new Ajv({ strict: true, strictTypes: false, allErrors: false, verbose: false }).compile(schema);
  for (const file of sound) if (!fits(yaml(file))) wrong.push(`${file}: ${JSON.stringify(fits.errors[0])}`);
  const refused = join(root, "tests", "refused", samples);
  const sentences = new Map();
  for (const line of readFileSync(`${refused}.txt`, "utf8").split("\n")) {
    const name = line.slice(0, line.indexOf(":"));
    sentences.set(name, `${sentences.get(name) ?? ""}${line}\n`);
  }
  let caught = 0;
  for (const name of readdirSync(refused)) {
    let read;
    try {
      read = yaml(join(refused, name));
    } catch {
      continue; // no YAML at all
    }
    if (beyond.has(name) || !knowable.test(sentences.get(name) ?? "")) continue;
    if (fits(read)) wrong.push(`${name}: the schema lets it pass, reading says: ${sentences.get(name)}`);
    else ++caught;
  }
  console.log(`${command}: ${sound.length} files fit the schema, ${caught} refused samples do not`);
  if (caught < 10 || sound.length < 10) wrong.push(`${command}: hardly anything was tried`);
}

hold(
  "connectors",
  files(join(root, "connectors", "products")).filter((file) => /^[^/]*\/connector\.yaml$/.test(relative(join(root, "connectors", "products"), file))),
  "connectors",
  /unknown key|the key "[a-z_]+" is missing|expected (a whole number|true or false|a length of time)|is no (shape|kind of paging|way to log in|action|kind of lookup|class of error|HTTP status)/,
  new Set(["cursor_missing.yaml"]), // whether a stream needs one hangs on its shape
);
hold(
  "mappings",
  files(join(root, "mappings", "rules")).filter((file) => file.endsWith(".yaml")),
  "rules",
  /a rule needs|is empty|is not known|is no (UUID|date)|is not (a field|a modifier|in edition)|is neither a key|both say how|expected true or false|a selection is a map|never holds|is expected here|a test is "match"|an activity has one|a rule is a map/,
  new Set(),
);
for (const one of wrong) console.error(one);
process.exit(wrong.length ? 1 : 0);
