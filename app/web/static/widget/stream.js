/** One answer as a stream of events, through broken connections. */

import { posted, Problem, reach, requestUrl, town } from "./api.js";
import { readEvents } from "./sse.js";

const SILENCE_LIMIT_MS = 120_000;
const WAITS_MS = [500, 1_500, 3_000, 6_000, 10_000]; // the service keeps an answer for half a minute
const TRANSIENT = new Set(["offline", "unreachable", "broken", "busy"]);

/**
 * Asks, and yields the answer's events as they come; returns after `done`. When the connection breaks, it goes on where
 * it was; when the service has lost the answer, it asks once more, and events begin again with `disclosure`.
 * @param {string} base
 * @param {string} tenant
 * @param {{question?: string, conversation_id?: string, request_id?: string, language?: string, style?: string}} body
 *   without a question, the one that was asked before under that `request_id`
 * @param {AbortSignal} signal stops the answer; then this throws the signal's reason
 * @param {() => void} onBreak called each time that the connection broke and is tried again
 * @throws {Problem} with `gone` when there is nothing to go on with
 */
export async function* streamAnswer(base, tenant, body, signal, onBreak) {
  const ask = () => [`${town(base, tenant)}chat`, posted(body)];
  const goOn = () => [requestUrl(base, tenant, body.conversation_id, body.request_id), {}];
  let next = body.question ? ask : goOn;
  let seen = null;
  let failures = 0;
  let mayAskAgain = Boolean(body.question);
  while (true) {
    try {
      for await (const event of events(...next(), seen, signal)) {
        if (event.id !== null && event.id !== seen) failures = 0;
        seen = event.id ?? seen;
        yield event;
        if (event.type === "done") return;
      }
      throw new Problem("broken");
    } catch (problem) {
      if (signal.aborted) throw signal.reason;
      const lost = problem.gone && next === goOn && mayAskAgain;
      const began = next === goOn || problem.code === "broken";
      if (!body.request_id || !(lost || (began && TRANSIENT.has(problem.code))) || failures >= WAITS_MS.length)
        throw problem.gone && body.question && next === goOn ? new Problem("broken") : problem;
      onBreak();
      await pause(WAITS_MS[failures++], signal);
      if (lost) {
        mayAskAgain = false;
        seen = null;
      }
      next = lost ? ask : goOn;
    }
  }
}

async function* events(url, options, seen, signal) {
  const silence = new AbortController();
  const either = AbortSignal.any ? AbortSignal.any([signal, silence.signal]) : signal;
  let timer = setTimeout(() => silence.abort(), SILENCE_LIMIT_MS);
  const headers = { ...options.headers, Accept: "text/event-stream", ...(seen !== null && { "Last-Event-ID": seen }) };
  try {
    const response = await reach(url, { ...options, headers, signal: either });
    for await (const event of readEvents(response.body)) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_LIMIT_MS);
      yield event;
    }
  } catch (error) {
    if (silence.signal.aborted) throw new Problem("timeout");
    throw error instanceof Problem || signal.aborted ? error : new Problem(navigator.onLine ? "broken" : "offline");
  } finally {
    clearTimeout(timer);
  }
}

/** Waits, not longer than until the device is online again. */
function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", done);
    signal.addEventListener("abort", done, { once: true });
  });
}
