// The RPC table: one name per line.
export {};
