-- KEYS[1]; ARGV: digest of the body (empty: not compared), lease and keep in milliseconds.
-- Gives {'run', fence}, {'done'}, {'busy', milliseconds left} or {'conflict', whether done}.
-- A value is fence, end of the lease (0: done) and digest. Time is of the store's clock; a fence
-- starts there, so that it rises even over a key that was forgotten.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local digest, lease, keep = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local fence = now

local held = redis.call('GET', KEYS[1])
if held then
    local old, lease_until, before = string.match(held, '^(%d+):(%d+):(.*)$')
    old, lease_until = tonumber(old), tonumber(lease_until)
    if digest ~= '' and before ~= '' and digest ~= before then
        return {'conflict', lease_until == 0 and 1 or 0}
    end
    if lease_until == 0 then return {'done'} end
    if lease_until > now then return {'busy', lease_until - now} end
    fence = math.max(old + 1, now)
end
-- The digest is bytes: `%s` would end at a zero byte.
local value = string.format('%.0f:%.0f:', fence, now + lease) .. digest
redis.call('SET', KEYS[1], value, 'PX', keep)
return {'run', fence}
