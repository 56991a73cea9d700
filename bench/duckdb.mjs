// Times DuckDB on what psql sends: node bench/duckdb.mjs QUESTION TURNS <rows.csv
//
// Prints CSV for matrix_times: a name and milliseconds, for each turn with one thread and with two.
// bench/run installs DuckDB's package into build/bench where npm is.
import { createRequire } from 'node:module';
import { writeFileSync, readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

const { DuckDBInstance } = createRequire(`${process.cwd()}/build/bench/`)('@duckdb/node-api');

// Tables from two columns of text or numbers, and the query to be timed
const questions = {
    // all pairs of distributions whose totals are 1, by Jensen-Shannon's divergence
    pairs: [`CREATE TABLE d AS SELECT a AS row, string_split(b, ' ')::DOUBLE[] AS p FROM input`,
        `SELECT sum(jsd) FROM (SELECT list_sum(list_transform(list_zip(a.p, b.p), lambda x:
            x[1] * ln(2 * x[1] / (x[1] + x[2])) + x[2] * ln(2 * x[2] / (x[1] + x[2])))) / 2 AS jsd
         FROM d a JOIN d b ON a.row < b.row)`],
    // one divergence a row, totals trusted
    arrays: [`CREATE TABLE d AS SELECT string_split(a, ' ')::DOUBLE[] AS p, string_split(b, ' ')::DOUBLE[] AS q FROM input`,
        `SELECT sum(list_sum(list_transform(list_zip(p, q), lambda x: CASE WHEN x[1] > 0 THEN x[1] * ln(x[1] / x[2]) ELSE 0 END))) FROM d`],
};

const [question, turns] = process.argv.slice(2);
const [table, query] = questions[question];
const directory = mkdtempSync(`${tmpdir()}/kldiv-duckdb.`);
try {
    writeFileSync(`${directory}/rows.csv`, readFileSync(0));
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`CREATE VIEW input AS SELECT * FROM read_csv('${directory}/rows.csv', header = false, names = ['a', 'b'], max_line_size = 100000000)`);
    await connection.run(table);
    for (let turn = 0; turn <= turns; turn++)
        for (const threads of [1, 2]) {
            await connection.run(`SET threads = ${threads}`);
            const start = performance.now();
            await connection.runAndReadAll(query);
            if (turn > 0) console.log(`duckdb ${question}${threads},${performance.now() - start}`);
        }
} finally {
    rmSync(directory, { recursive: true });
}
