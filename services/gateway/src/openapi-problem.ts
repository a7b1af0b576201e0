/** RFC 9457, with the reason that a program reads and the fields that a form marks. */
export const PROBLEM = {
  type: "object",
  description: "Why a request was refused.",
  required: ["type", "title", "status", "reason", "traceId"],
  properties: {
    type: { type: "string", description: "urn:guanxi:problem: and the reason." },
    title: { type: "string", description: "In the language of Accept-Language." },
    status: { type: "integer" },
    reason: { type: "string", description: "Stable; what a program decides by." },
    traceId: { type: "string", description: "Finds the request in the logs of all services." },
    detail: { type: "string" },
    violations: {
      type: "array",
      items: {
        type: "object",
        required: ["field", "description"],
        properties: {
          field: { type: "string", description: "Path of the field, as in customer.tags[2]." },
          description: { type: "string" },
          reason: { type: "string" },
        },
      },
    },
  },
};
