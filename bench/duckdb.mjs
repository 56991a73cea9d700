// Times DuckDB on what psql sends: node bench/duckdb.mjs QUESTION TURNS <rows.csv
//
// Prints CSV for matrix_times: a name and milliseconds, for each turn with one thread and with two; for columns
// the time of CPUs too, and the sum of the squares of all counts.
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
    // counts of each value of 3 or 20 columns, in turn integers, texts, and numbers between nine edges
    columns3: columns(3),
    columns20: columns(20),
};

function columns(count) {
    const all = [...Array(count).keys()].map((i) => i + 1);
    const type = (c) => ['DOUBLE', 'INTEGER', 'VARCHAR'][c % 3];
    const value = (c) => c % 3 ? `c${c}` : [1, 2, 3, 4, 5, 6, 7, 8, 9].map((e) => `(c${c} >= 0.${e})::UTINYINT`).join(' + ');
    return [`CREATE TABLE d AS SELECT a AS arm, ${all.map((c) => `string_split(b, ' ')[${c}]::${type(c)} AS c${c}`).join(', ')} FROM input`,
        all.map((c) => `SELECT arm, (${value(c)})::VARCHAR AS value, count(*) AS n FROM d GROUP BY ALL`).join(' UNION ALL ')];
}

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
            const [start, used] = [performance.now(), process.cpuUsage()];
            const rows = await connection.runAndReadAll(query);
            if (turn === 0) continue;
            console.log(`duckdb ${question}${threads},${performance.now() - start}`);
            if (!question.startsWith('columns')) continue;
            const { user, system } = process.cpuUsage(used);
            console.log(`duckdb ${question}${threads} cpu,${(user + system) / 1000}`);
            console.log(`duckdb ${question}${threads} squares,${rows.getRows().reduce((sum, row) => sum + Number(row[2]) ** 2, 0)}`);
        }
} finally {
    rmSync(directory, { recursive: true });
}
