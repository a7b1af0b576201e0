// The address of the pipeline as state: what one chooses is what a shared link shows.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { LeadsSearch, PipelineSearch } from "./search.ts";

type Change<S> = (change: { [K in keyof S]?: S[K] | undefined }) => void;

export function usePipelineAddress(): [PipelineSearch, Change<PipelineSearch>] {
  const search = useSearch({ from: "/shell/pipeline" });
  const navigate = useNavigate({ from: "/pipeline" });
  const change = useCallback<Change<PipelineSearch>>(
    (change) =>
      void navigate({ to: "/pipeline", search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  return [search, change];
}

export function useLeadsAddress(): [LeadsSearch, Change<LeadsSearch>] {
  const search = useSearch({ from: "/shell/leads" });
  const navigate = useNavigate({ from: "/leads" });
  const change = useCallback<Change<LeadsSearch>>(
    (change) =>
      void navigate({ to: "/leads", search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  return [search, change];
}
