-- The running servers: the one of a buffer, and one for commands without such a buffer.
local root = require('spec_lsp.root')
local M = {}

local newer = vim.fn.has('nvim-0.11') == 1
local WAIT = 20000 -- ms for a new server to read the documents
local STEP = 20 -- ms
local indexed = {}

--- All clients of this server.
function M.clients()
  local find = vim.lsp.get_clients or vim.lsp.get_active_clients
  return vim.tbl_filter(function(client)
    return client.name == 'spec_lsp'
  end, find())
end

--- The client attached to a buffer.
function M.client(buffer)
  for _, client in ipairs(M.clients()) do
    if vim.lsp.buf_is_attached(buffer or 0, client.id) then
      return client
    end
  end
end

--- Send a request; `done` is called with the result and the client. Errors are shown, unless `quiet`.
function M.send(client, method, params, done, quiet)
  local handler = function(err, answer)
    if err and not quiet then
      vim.notify('spec-lsp: ' .. err.message, vim.log.levels.ERROR)
    elseif done and not err then
      done(answer, client)
    end
  end
  if newer then
    client:request(method, params, handler)
  else
    client.request(method, params, handler)
  end
end

--- Call `done` with a client that knows all documents of the project, starting a server if none runs.
function M.reach(done)
  local client = M.client(0)
  if client then
    done(client)
    return
  end
  local folder = root.current()
  local started = false
  for _, each in ipairs(M.clients()) do
    client = each.config.root_dir == folder and each or client
  end
  local id = client and client.id
  if not id then
    id, started = M.start(folder), true
  end
  if not id then
    vim.notify('spec-lsp could not be started; run :checkhealth spec_lsp', vim.log.levels.ERROR)
    return
  end
  local function wait(left)
    local found = vim.lsp.get_client_by_id(id)
    if found and found.initialized and (indexed[id] or not started or left <= 0) then
      done(found)
    elseif left > 0 then
      vim.defer_fn(function()
        wait(left - STEP)
      end, STEP)
    else
      vim.notify('spec-lsp does not respond; run :checkhealth spec_lsp', vim.log.levels.ERROR)
    end
  end
  wait(WAIT)
end

--- Start a server for a folder, without a buffer; buffers opened later in the folder use it too.
function M.start(folder)
  if not newer then
    return require('spec_lsp.older').start(folder)
  end
  local config = vim.deepcopy(vim.lsp.config.spec_lsp or require('spec_lsp').config())
  config.name, config.root_dir = 'spec_lsp', folder
  return vim.lsp.start(config, { attach = false })
end

--- Stop all servers, and start them again for the open buffers.
function M.restart()
  for _, client in ipairs(M.clients()) do
    if newer then
      client:stop()
    else
      vim.lsp.stop_client(client.id)
    end
  end
  local function start(left)
    if #M.clients() > 0 and left > 0 then
      vim.defer_fn(function()
        start(left - STEP)
      end, STEP)
    elseif newer then
      vim.lsp.enable('spec_lsp')
      for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
        if vim.api.nvim_buf_is_loaded(buffer) then
          vim.api.nvim_exec_autocmds('FileType', { group = 'nvim.lsp.enable', buffer = buffer })
        end
      end
    else
      require('spec_lsp.older').forget()
      require('spec_lsp.older').enable()
    end
  end
  start(WAIT)
end

--- Handler of `specLsp/indexed`.
function M.on_indexed(_, _, context)
  indexed[context.client_id] = true
end

return M
