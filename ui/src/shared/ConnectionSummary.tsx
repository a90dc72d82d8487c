import { useCommand } from "../commands";
import type { ConnectionView } from "../generated/api";
import { Facts } from "./Facts";
import { Time } from "./Time";

/** Who connected which Lever, and when anything was last heard of it (SCREENS.md 4.1.5). */
export function ConnectionSummary({ view }: { view: ConnectionView }) {
  const relay = useCommand("relay.show", {});
  const { account, environment, environments, validated_at, last_event_at } = view;
  const proof = relay.data?.last_proof_at ?? null;
  return (
    <Facts
      facts={[
        { label: "Connected by", value: account?.user_name ?? "Lever did not say" },
        { label: "Organisation", value: account?.organisation ?? "Lever did not say" },
        { label: "Environment", value: environments.find((choice) => choice.environment === environment)?.label ?? environment },
        { label: "Last validated", value: validated_at === null ? "Not yet" : <Time at={validated_at} /> },
        { label: "Last event", value: last_event_at === null ? "None yet" : <Time at={last_event_at} /> },
        { label: "Last probe", value: proof === null ? "None yet" : <Time at={proof} /> },
      ]}
    />
  );
}
