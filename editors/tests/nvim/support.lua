-- Helpers of the checks that run inside a headless Neovim.
local M = {}

function M.eventually(what, holds)
  assert(vim.wait(tonumber(vim.env.PATIENCE) or 20000, holds, 20), what)
end

function M.request(method, line, column, more)
  local params = { textDocument = { uri = vim.uri_from_bufnr(0) }, position = { line = line, character = column } }
  local answers = vim.lsp.buf_request_sync(0, method, vim.tbl_extend('force', params, more or {}), 10000)
  for _, answer in pairs(answers or {}) do
    assert(not answer.error, vim.inspect(answer.error))
    return answer.result
  end
end

function M.line_of(text)
  for number, line in ipairs(M.lines()) do
    local column = line:find(text, 1, true)
    if column then
      return number - 1, column - 1
    end
  end
  error('not in the file: ' .. text)
end

function M.lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

--- Wait until the current buffer has a line with a text, and return all its lines.
function M.shows(text)
  M.eventually('not shown: ' .. text, function()
    return table.concat(M.lines(), '\n'):find(text, 1, true) ~= nil
  end)
  return M.lines()
end

-- Neovim 0.13 has none of these any more; newer functions do the same in every version that has both.
vim.lsp.get_log_path, vim.lsp.set_log_level = nil, nil
if vim.fn.has('nvim-0.11') == 1 then
  vim.lsp.stop_client, vim.lsp.start_client, vim.lsp.get_active_clients = nil, nil, nil
  local byte_index = vim.str_byteindex
  vim.str_byteindex = function(text, encoding, index, strict)
    assert(type(encoding) == 'string', 'the old form of vim.str_byteindex')
    return byte_index(text, encoding, index, strict)
  end
end
M.deprecated = {}
if vim.deprecate then
  vim.deprecate = function(name)
    table.insert(M.deprecated, name)
  end
end

--- Run checks in their order, and end Neovim.
function M.run(checks)
  local failed = 0
  for _, check in ipairs(checks) do
    local fine, why = pcall(check[2])
    failed = failed + (fine and 0 or 1)
    io.stdout:write((fine and 'ok ' or 'FAILED ') .. check[1] .. (fine and '' or ': ' .. tostring(why)) .. '\n')
  end
  io.stdout:write(('%d passed, %d failed\n'):format(#checks - failed, failed))
  vim.cmd(failed == 0 and 'qa!' or 'cq!')
end

--- A list of checks to which functions are added by name.
function M.list()
  local checks = {}
  return setmetatable({}, {
    __newindex = function(_, name, check)
      table.insert(checks, { name, check })
    end,
    __call = function()
      M.run(checks)
    end,
  })
end

return M
