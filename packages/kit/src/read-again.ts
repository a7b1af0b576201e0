/** Where the checkpoint of a reader stands that has to go through all events once more: no stream comes that far. */
export const READ_AGAIN = 2n ** 63n - 1n;

/**
 * For the migration that gives a copy new columns: its reader applies the last event of each aggregate once more, and so fills
 * them, while everybody reads the copy as it was. The owner meets the rows of all tenants only where security is not forced.
 */
export const readAgain = (consumer: string): string => `
alter table seen no force row level security;
update seen set version = version - 1 where consumer = '${consumer}';
alter table seen force row level security;
update checkpoints set stream_sequence = ${READ_AGAIN} where consumer = '${consumer}';
`;
