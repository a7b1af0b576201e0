// The Message-ID of a mail of ours tells which message it is: sent again it has the same, and a bounce leads back to it.
const FORM = /^([0-9a-f-]{36})\.([0-9a-f-]{36})@[^@\s<>]+$/;

export const messageIdOf = (interactionId: string, tenantId: string, domain: string) =>
  `${interactionId}.${tenantId}@${domain}`;

/** The messages of this tenant among these ids. */
export const ownMessages = (ids: readonly string[], tenantId: string): string[] => [
  ...new Set(
    ids.flatMap((id) => {
      const [, interactionId, tenant] = FORM.exec(id.toLowerCase()) ?? [];
      return interactionId && tenant === tenantId ? [interactionId] : [];
    }),
  ),
];
