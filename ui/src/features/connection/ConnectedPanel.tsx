import type { ConnectionView } from "../../generated/api";
import { Section } from "../../shared/Section";
import { CheckList } from "./CheckList";
import { PermissionList } from "./PermissionList";

/** What the last validation found and what Lever allowed. */
export function ConnectedPanel({ view }: { view: ConnectionView }) {
  return (
    <>
      {view.checks.length > 0 && (
        <Section title="Checks" description="What the last validation found, in its order." testId="checks">
          <CheckList checks={view.checks} />
        </Section>
      )}
      <Section title="Permissions" description="What Fulcrum may do in Lever, and why.">
        <PermissionList permissions={view.permissions} />
      </Section>
    </>
  );
}
