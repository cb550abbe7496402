// One engine in a process of its own: node worker.mjs PACKAGES ENGINE JOB CONTEXTS.
// PACKAGES is the folder whose node_modules hold the engines. The protocol is that of bench/worker.py.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const [packages, engine, jobFile, contextsFile] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(packages), "package.json"));
const job = JSON.parse(readFileSync(jobFile, "utf8"));
const contexts = JSON.parse(readFileSync(contextsFile, "utf8"));
const [widthMm, heightMm] = job.size_mm;
const pixels = (mm) => Math.round((mm / 25.4) * 96);
const logos = Object.fromEntries(Object.entries(job.logos).map(([name, file]) => [name, readFileSync(file)]));

const engines = {
  // A Docxtemplater is made for one document; its manual reads the template anew for each.
  docxtemplater() {
    const PizZip = require("pizzip");
    const Docxtemplater = require("docxtemplater");
    const ImageModule = require("docxtemplater-image-module-free");
    const template = readFileSync(job.template);
    const size = [pixels(widthMm), pixels(heightMm)];
    const names = Object.fromEntries(Object.keys(logos).map((name) => [name, name]));
    return (context) => {
      const images = new ImageModule({ centered: false, getImage: (name) => logos[name], getSize: () => size });
      const document = new Docxtemplater(new PizZip(template), { paragraphLoop: true, modules: [images] });
      document.render({ ...context, ...names });
      return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    };
  },

  "easy-template-x"() {
    const { TemplateHandler, MimeType } = require("easy-template-x");
    const template = readFileSync(job.template);
    const handler = new TemplateHandler();
    const size = { format: MimeType.Png, width: pixels(widthMm), height: pixels(heightMm) };
    return (context) => {
      const images = Object.fromEntries(
        Object.entries(logos).map(([name, source]) => [name, { _type: "image", source, ...size }]),
      );
      return handler.process(template, { ...context, ...images });
    };
  },

  // Without its sandbox, which its manual calls slow: expressions run as plain code.
  "docx-templates"() {
    const { createReport } = require("docx-templates");
    const template = readFileSync(job.template);
    const image = (data) => () => ({ width: widthMm / 10, height: heightMm / 10, data, extension: ".png" });
    const functions = Object.fromEntries(Object.entries(logos).map(([name, data]) => [name, image(data)]));
    return async (context) =>
      Buffer.from(await createReport({ template, data: context, additionalJsContext: functions, noSandbox: true }));
  },

  carbone() {
    const carbone = require("carbone");
    const folder = path.dirname(path.resolve(job.template));
    carbone.set({ templatePath: folder, tempPath: folder, lang: "id-id" });
    const render = promisify(carbone.render);
    return (context) => render(path.resolve(job.template), context, {});
  },
};

async function play(render, { n, start, pack }) {
  const turn = Array.from({ length: n }, (_, k) => contexts[(start + k) % contexts.length]);
  global.gc?.();
  const made = [];
  const busy = process.cpuUsage();
  const begin = performance.now();
  for (const context of turn) made.push(await render(context));
  const seconds = (performance.now() - begin) / 1000;
  const spent = process.cpuUsage(busy);
  if (pack) {
    const pieces = made.flatMap((data) => {
      const length = Buffer.alloc(8);
      length.writeBigUInt64BE(BigInt(data.length));
      return [length, data];
    });
    writeFileSync(pack, Buffer.concat(pieces));
  }
  return {
    seconds,
    cpu: (spent.user + spent.system) / 1e6,
    bytes: made.reduce((sum, data) => sum + data.length, 0),
  };
}

const answer = (told) => process.stdout.write(JSON.stringify(told) + "\n");
const render = engines[engine]();
answer({ ready: engine });
for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) answer(await play(render, JSON.parse(line)));
}
process.exit(0);
