import { Stack } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import { useCommand } from "../../commands";
import { Card } from "../../shared/Card";
import { Empty } from "../../shared/Empty";
import { Loaded } from "../../shared/Loaded";
import { Page } from "../../shared/Page";
import { TextLink } from "../../shared/TextLink";
import { GrantCard } from "./GrantCard";
import { LeavingNotice } from "./LeavingNotice";
import { RevokeAll } from "./RevokeAll";

/** Every permission to act in Lever that this computer holds. */
export default function GrantsPage() {
  const list = useCommand("grants.list", {});
  return (
    <Page
      title="Authorized apps"
      description="Who let Fulcrum act in Lever, what it may do there, and how to end it."
      action={<RevokeAll grants={list.data?.grants ?? []} />}
    >
      <Loaded query={list}>
        {({ grants, leaving }) => (
          <Stack gap="lg">
            {leaving.map((one) => (
              <LeavingNotice key={one.id} leaving={one} />
            ))}
            {grants.length === 0 && (
              <Card>
                <Empty
                  icon={IconShieldLock}
                  title="No app is authorized"
                  why="Once a Super Admin connects Lever, the permission is listed here and can be ended here."
                  action={<TextLink href="/integrations">Open Integrations</TextLink>}
                />
              </Card>
            )}
            {grants.map((grant) => (
              <GrantCard key={grant.integration} grant={grant} />
            ))}
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
