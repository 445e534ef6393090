// Reads a page as the users of the npm client `statuspage.io` do; every answer goes to the standard output as JSON.
import { Statuspage } from "statuspage.io";

const [address] = process.argv.slice(2);
const client = new Statuspage("any");
client.setApiUrl(address);
const { api } = client;
const calls = {
  status: api.getStatus,
  summary: api.getSummary,
  components: api.getComponents,
  incidents: () => api.incidents.getAll(),
  unresolved: () => api.incidents.getUnresolved(),
  maintenances: () => api.scheduledMaintenances.getAll(),
  active: () => api.scheduledMaintenances.getActive(),
  upcoming: () => api.scheduledMaintenances.getUpcoming(),
};
const read = await Promise.all(Object.entries(calls).map(async ([name, call]) => [name, await call()]));
console.log(JSON.stringify(Object.fromEntries(read)));
