import type { ConnectionView } from "../../generated/api";
import { Section } from "../../shared/Section";
import { CheckList } from "./CheckList";
import { PermissionList } from "./PermissionList";

/** What the last validation found and what Lever allowed. */
export function ConnectedPanel({ view }: { view: ConnectionView }) {
  const checks = view.validation?.checks ?? view.checks;
  return (
    <>
      {checks.length > 0 && (
        <Section
          title="Checks"
          description={view.validation === null ? "What the last validation found, in its order." : "What this validation has found so far."}
          testId="checks"
        >
          <CheckList checks={checks} />
        </Section>
      )}
      <Section title="Permissions" description="What Fulcrum may do in Lever, why, and how often it does. Checks of the connection are not counted.">
        <PermissionList permissions={view.permissions} />
      </Section>
    </>
  );
}
