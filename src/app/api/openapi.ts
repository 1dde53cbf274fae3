import { z } from "zod";
import { permits } from "../../core/permission/matrix.ts";

/** What the API's document needs of an operation. */
export type Operation = {
  readonly name: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly input: z.ZodType;
};

const schemaOf = (input: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as Record<
    string,
    unknown
  >;
  return schema;
};

const problemResponse = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
});
const refusals = {
  "401": problemResponse("No valid session"),
  "403": problemResponse("The role does not allow it"),
  "404": problemResponse("Not there, or not visible"),
  "409": problemResponse("Stale version, or a place taken meanwhile"),
  "422": problemResponse("Malformed, or refused by the rules (findings)"),
  "500": problemResponse("A fault of the platform"),
  "503": problemResponse("Busy; try again with the same key"),
};

const isPublic = (name: string) => permits[name]?.anyone === true;
const answer = { description: "Done", content: { "application/json": { schema: { type: "object" } } } };
const stageOf = (name: string) => name.slice(0, name.indexOf("."));

const writing = ({ name, title, input }: Operation) => ({
  operationId: name,
  tags: [stageOf(name)],
  summary: title.en,
  description: title.zh,
  ...(isPublic(name) ? { security: [] } : {}),
  parameters: [
    {
      name: "Idempotency-Key",
      in: "header",
      required: false,
      schema: { type: "string", minLength: 1, maxLength: 200 },
      description: "The same key with the same body gives the first answer once more.",
    },
  ],
  requestBody: { required: true, content: { "application/json": { schema: schemaOf(input) } } },
  responses: { "200": answer, ...refusals },
});

/** Answers `{ sha256, size, mime }`: the name and type by content. */
const uploading = ({ name, title }: Omit<Operation, "input">) => ({
  operationId: name,
  tags: [stageOf(name)],
  summary: title.en,
  description: title.zh,
  requestBody: {
    required: true,
    content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } },
  },
  responses: { "200": answer, ...refusals, "413": problemResponse("Larger than the limit") },
});

const reading = ({ name, title, input }: Operation) => {
  const schema = schemaOf(input) as {
    readonly properties?: Record<string, unknown>;
    readonly required?: readonly string[];
  };
  return {
    operationId: name,
    tags: [stageOf(name)],
    summary: title.en,
    description: title.zh,
    ...(isPublic(name) ? { security: [] } : {}),
    parameters: Object.entries(schema.properties ?? {}).map(([key, value]) => ({
      name: key,
      in: "query",
      required: schema.required?.includes(key) ?? false,
      schema: value,
    })),
    responses: { "200": answer, ...refusals },
  };
};

/** OpenAPI 3.1 of every operation; public ones carry `security: []`. */
export const openApiOf = (
  writes: readonly Operation[],
  reads: readonly Operation[],
  uploads: readonly Omit<Operation, "input">[],
): Record<string, unknown> => ({
  openapi: "3.1.0",
  info: {
    title: "Zhinan 指南",
    version: "1",
    description:
      "Every write is one action of the procedure; every read shows what the caller may see. Errors are RFC 9457 problems with the clause.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: "/" }],
  security: [{ bearer: [] }],
  tags: [...new Set([...writes, ...reads].map(({ name }) => stageOf(name)))].map((name) => ({ name })),
  paths: {
    ...Object.fromEntries(
      [...writes]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((one) => [`/api/v1/${one.name}`, { post: writing(one) }]),
    ),
    ...Object.fromEntries(uploads.map((one) => [`/api/v1/${one.name}`, { post: uploading(one) }])),
    ...Object.fromEntries(
      [...reads]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((one) => [`/api/v1/${one.name}`, { get: reading(one) }]),
    ),
  },
  components: {
    securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
    schemas: {
      Problem: {
        type: "object",
        required: ["status", "code", "title", "detail"],
        properties: {
          type: { type: "string" },
          status: { type: "integer" },
          code: { type: "string" },
          title: { type: "string" },
          detail: { type: "string" },
          detailEn: { type: "string" },
          findings: {
            type: "array",
            items: {
              type: "object",
              properties: {
                rule: { type: "string" },
                clause: { type: "string" },
                severity: { enum: ["error", "confirm", "warning", "info"] },
                overridable: { type: "boolean" },
                path: { type: "string" },
                message: {
                  type: "object",
                  properties: { zh: { type: "string" }, en: { type: "string" } },
                },
              },
            },
          },
          faults: {
            type: "array",
            items: { type: "object", properties: { place: { type: "string" }, reason: { type: "object" } } },
          },
        },
      },
    },
  },
});
