/** Why a message cannot be a mail: one sentence. */
export class LetterFault extends Error {}
