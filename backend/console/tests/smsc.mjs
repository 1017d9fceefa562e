// An operator's SMS centre, by npm smpp: it lets one system in, hands over what stdin says, and tells on stdout, as JSON
// lines, who was let in, how each SMS was answered, and what was sent back.
import { createInterface } from 'node:readline';
import smpp from 'smpp';

const [systemId, password] = process.argv.slice(2);
const say = (what) => console.log(JSON.stringify(what));
let bound = null;

const server = smpp.createServer((session) => {
  session.on('error', () => {});
  session.on('bind_transceiver', (pdu) => {
    const good = pdu.system_id === systemId && pdu.password === password;
    session.send(pdu.response(good ? {} : { command_status: smpp.ESME_RINVPASWD }));
    if (good) bound = session;
    say({ bound: good });
  });
  session.on('enquire_link', (pdu) => session.send(pdu.response()));
  session.on('submit_sm', (pdu) => {
    session.send(pdu.response({ message_id: '1' }));
    say({ to: pdu.destination_addr, from: pdu.source_addr, text: pdu.short_message.message });
  });
});
server.listen(0, '127.0.0.1', () => say({ port: server.server?.address().port ?? server.address().port }));

for await (const line of createInterface({ input: process.stdin })) {
  const { from, to, text, udh } = JSON.parse(line);
  const message = udh ? { udh: Buffer.from(udh), message: text } : text;
  const more = udh ? { esm_class: smpp.ESM_CLASS.UDH_INDICATOR } : {};
  bound.deliver_sm({ source_addr: from, destination_addr: to, short_message: message, ...more }, (answer) =>
    say({ status: answer.command_status }),
  );
}
process.exit(0);
