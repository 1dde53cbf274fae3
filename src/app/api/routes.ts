import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Actor, nobody } from "../../core/permission/permission.ts";
import { permits } from "../../core/permission/matrix.ts";
import { perform } from "../../platform/action.ts";
import { invalid, Missing } from "../../platform/errors.ts";
import type { Platform } from "../../platform/platform.ts";
import { ask } from "../../platform/query.ts";
import { saveDraft, saveInput } from "../../stages/application/save.ts";
import { uploadLimit } from "../../stages/application/upload.ts";
import { type Session, sessionOf } from "../../stages/registration/sessions.ts";
import { actions } from "../actions.ts";
import { queries } from "../queries.ts";
import { openApiOf } from "./openapi.ts";
import { sessionCreate, sessionEnd } from "./session.ts";
import { noSession, problemOf, sendProblem } from "./problem.ts";

/** Saving is one statement and no action; the API offers it beside them. */
const save = { name: "application.save", title: { zh: "暂存", en: "Save" }, input: saveInput };

const upload = { name: "file.upload", title: { zh: "上传文件", en: "Upload a file" } };

export const apiDocument = () =>
  openApiOf([sessionCreate, sessionEnd, ...actions.filter((one) => one.internal !== true), save], queries, [
    upload,
  ]);

const tokenOf = (request: FastifyRequest): string =>
  /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? "")?.[1] ?? "";

const keyOf = (request: FastifyRequest): string | undefined => {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return undefined;
  if (typeof key !== "string" || key.length === 0 || key.length > 200)
    throw invalid("Idempotency-Key", "应为 1 到 200 个字符", "must have 1 to 200 characters");
  return key;
};

/** `POST /api/v1/<stage>.<verb>` for every action, `GET /api/v1/<stage>.<noun>` for every read. */
export const registerApi = (app: FastifyInstance, platform: Platform): void => {
  const document = JSON.stringify(apiDocument());
  app.get("/api/openapi.json", (_request, reply) =>
    reply.type("application/json; charset=utf-8").header("cache-control", "no-cache").send(document),
  );

  const sessions = new WeakMap<FastifyRequest, Session>();

  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    work: (actor: Actor) => Promise<unknown>,
  ) => {
    const result = await work(sessions.get(request)?.viewer.actor ?? nobody);
    return reply
      .header("cache-control", "no-store")
      .type("application/json; charset=utf-8")
      .send(JSON.stringify(result ?? {}));
  };

  const register = async (api: FastifyInstance) => {
    // Before the body is read and before anything is looked up: who asks. Only a token counts, for any page could send a cookie along.
    api.addHook("onRequest", async (request, reply) => {
      const session = await sessionOf(platform, tokenOf(request));
      if (session !== null) sessions.set(request, session);
      else if (permits[nameOf(request)]?.anyone !== true) return sendProblem(reply, noSession);
      return undefined;
    });
    api.setErrorHandler((error, request, reply) => {
      const problem = problemOf(error);
      if (problem.status >= 500) request.log.error(error);
      return sendProblem(reply, problem);
    });
    api.setNotFoundHandler((_request, reply) => sendProblem(reply, problemOf(new Missing("operation"))));
    api.post(`/${sessionCreate.name}`, (request, reply) =>
      answer(request, reply, () => sessionCreate.run(platform, request.body, request.ip)),
    );
    api.post(`/${sessionEnd.name}`, (request, reply) => {
      const session = sessions.get(request);
      if (session === undefined) return sendProblem(reply, noSession);
      return answer(request, reply, () => sessionEnd.run(platform, session));
    });
    for (const action of actions) {
      if (action.internal === true) continue;
      api.post(`/${action.name}`, (request, reply) =>
        answer(request, reply, (actor) => {
          const key = keyOf(request);
          return perform(platform, action, actor, request.body ?? {}, key === undefined ? {} : { key });
        }),
      );
    }
    api.post(`/${save.name}`, (request, reply) =>
      answer(request, reply, (actor) => saveDraft(platform, actor, request.body)),
    );
    // Files come as they are, are streamed to disk, and are named by their content: `file` of the acts that attach one.
    api.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));
    api.post(`/${upload.name}`, { bodyLimit: uploadLimit + 1 }, (request, reply) =>
      answer(request, reply, async () => {
        if (!(request.body instanceof Readable))
          throw invalid(
            "body",
            "应为文件内容（application/octet-stream）",
            "must be the file itself (application/octet-stream)",
          );
        return platform.files.put(request.body, uploadLimit);
      }),
    );
    for (const query of queries)
      api.get(`/${query.name}`, (request, reply) =>
        answer(request, reply, (actor) => ask(platform, query, actor, { ...(request.query as object) })),
      );
  };
  void app.register(register, { prefix });
};

const prefix = "/api/v1";
const nameOf = (request: FastifyRequest): string =>
  request.url.split("?", 1)[0]?.slice(prefix.length + 1) ?? "";
