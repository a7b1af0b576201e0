// A million customers are some seconds of arithmetic, in which a service would answer nobody and lose its leases.
import { parentPort, workerData } from "node:worker_threads";
import { score, type Scoring } from "./score.ts";
import type { Answer } from "./score-aside.ts";

const scoring = workerData as Scoring;
const answer: Answer = { book: scoring.book, scored: score(scoring) };
const columns = [...Object.values(answer.book), ...Object.values(answer.scored.scores)];
parentPort!.postMessage(answer, [...new Set(columns.map(({ buffer }) => buffer as ArrayBuffer))]);
