import { useNavigate } from "@tanstack/react-router";
import { queries } from "../../../api/api.ts";
import { MergeDialog } from "../../merge.tsx";
import { renew } from "../data.ts";
import { useSeen } from "../seen.ts";

/** Goes to whichever of them has stayed. */
export function Merge({ onClose }: { onClose: () => void }) {
  const { customerId } = useSeen();
  const navigate = useNavigate();
  const merged = (survivorId: string) => {
    // Whose each entry is has changed.
    void queries.invalidateQueries({ queryKey: ["timeline"] });
    renew(survivorId);
    void navigate({ to: "/customers/$customerId", params: { customerId: survivorId } });
  };
  return (
    <MergeDialog
      customerIds={[customerId]}
      onClose={onClose}
      onMerged={({ survivorCustomerId }) => merged(survivorCustomerId)}
    />
  );
}
