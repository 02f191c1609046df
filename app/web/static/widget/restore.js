/** What was asked and answered before the page was loaded anew, from the service: the browser keeps random ids only. */

import { fetchConversation } from "./api.js";
import { streamAnswer } from "./stream.js";

/**
 * Waits for the answer that was under way then, and gives all questions and answers of the conversation; none where the
 * service keeps none any more or can't be reached.
 * @param {{base: string, config: import("./api.js").Config, session: import("./session.js").Session}} service
 * @param {AbortSignal} signal stops waiting
 * @param {(text: string) => void} say tells what is going on
 * @param {import("./texts.js").Translate} t
 * @returns {Promise<import("./api.js").Exchange[]>} oldest first
 */
export async function earlierExchanges({ base, config, session }, signal, say, t) {
  const ids = { conversation_id: session.conversationId, request_id: session.requestId };
  if (ids.request_id) {
    say(t("status_sent"));
    await underWay(base, config.tenant, ids, signal, say);
    session.requestId = null;
  }
  try {
    return (await fetchConversation(base, config.tenant, ids.conversation_id)).exchanges;
  } catch (problem) {
    if (problem.gone) session.conversationId = null; // erased, or too old
    return [];
  }
}

/** Whatever becomes of it, the service's record tells. */
async function underWay(base, tenant, ids, signal, say) {
  try {
    for await (const { type, data } of streamAnswer(base, tenant, ids, signal, () => {})) {
      if (type === "progress") say(data.text);
    }
  } catch {
    // stopped, lost or broken: then it is not in the record
  }
}
