import { List, Text, Title } from "@mantine/core";
import type { GrantView } from "../../generated/api";

/** What a permission allows in Lever, in the words of Lever's own page. */
export function GrantedPermissions({ permissions }: Pick<GrantView, "permissions">) {
  return (
    <div>
      <Title order={3} mb={4}>
        What it may do
      </Title>
      {permissions === null ? (
        <Text size="sm">
          Lever does not tell what an API key allows. <em>Validate</em> on the connection tries each permission.
        </Text>
      ) : (
        <List size="sm" spacing={2}>
          {permissions.map(({ scope, words }) => (
            <List.Item key={scope} title={scope}>
              {words ?? <code>{scope}</code>}
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
