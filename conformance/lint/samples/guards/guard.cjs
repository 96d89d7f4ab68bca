// Loaded before a sample: it may reach one port of this machine and no other. Node's own permissions
// keep it from starting programs and from writing files.
'use strict';
const net = require('node:net');
const dns = require('node:dns');
const dgram = require('node:dgram');

const port = Number(process.env.SAMPLE_PORT);
const loopback = ['127.0.0.1', '::1', 'localhost'];
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...given) {
  // Either (options), (port, host), or the list that net.connect has made of them.
  const first = Array.isArray(given[0]) ? given[0][0] : given[0];
  const options = typeof first === 'object' ? first : {port: given[0], host: given[1]};
  const host = options.host ?? 'localhost';
  if (options.path || !loopback.includes(host) || Number(options.port) !== port) {
    throw new Error(`a sample may not reach ${options.path ?? host}`);
  }
  return connect.apply(this, given);
};

for (const holder of [dns, dns.promises]) {
  const lookup = holder.lookup;
  holder.lookup = function (host, ...rest) {
    if (!loopback.includes(host)) throw new Error(`a sample may not look up ${host}`);
    return lookup.call(this, host, ...rest);
  };
}

dgram.Socket.prototype.send = dgram.Socket.prototype.connect = function () {
  throw new Error('a sample may not use dgram');
};
