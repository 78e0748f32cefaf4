-- Runs inside a headless Neovim that drives another one with keys, as a user would.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
local support = dofile(here .. '/support.lua')
local checks = support.list()

local init = vim.env.TYPING_INIT or here .. '/init.lua'
local file = 'docs/specs/SPEC-001-reminders.md'
local command = { vim.env.NVIM_UNDER_TEST, '--embed', '--headless', '-n', '-i', 'NONE', '-u', init, file }
local editor = vim.fn.jobstart(command, { rpc = true })

local function lua(code)
  return vim.fn.rpcrequest(editor, 'nvim_exec_lua', code, {})
end

local function keys(text)
  vim.fn.rpcrequest(editor, 'nvim_input', text)
end

local POPUP = [[
  local words = {}
  if vim.fn.pumvisible() == 1 then
    for _, item in ipairs(vim.fn.complete_info({ 'items' }).items) do
      table.insert(words, vim.trim(item.abbr or item.word))
    end
  end
  local cmp = package.loaded['cmp']
  if cmp and cmp.visible() then
    for _, entry in ipairs(cmp.get_entries()) do
      table.insert(words, entry.completion_item.label)
    end
  end
  local blink = package.loaded['blink.cmp']
  if blink and blink.is_visible() then
    for _, item in ipairs(require('blink.cmp.completion.list').items) do
      table.insert(words, item.label)
    end
  end
  return words
]]

local function offers(what)
  local words
  support.eventually('not offered: ' .. what, function()
    words = lua(POPUP)
    return vim.tbl_contains(words, what)
  end)
  return words
end

local function at_the_status(after)
  keys('<Esc>gg/Status<CR>' .. after)
end

function checks.the_values_come_up_when_the_value_is_deleted()
  at_the_status('f:2lC')
  assert(#offers('Implemented') == 5, vim.inspect(lua(POPUP)))
end

function checks.a_chosen_value_is_in_the_text()
  keys('<Esc>uu')
  at_the_status('A')
  for _ = 1, #'Aproved' do
    keys('<BS>')
  end
  offers('Review')
  for _, key in ipairs(vim.split(vim.env.CHOOSE or '<C-n> <C-n> <C-y>', ' ')) do
    keys(key)
    vim.wait(200)
  end
  support.eventually('not in the text', function()
    return lua('return vim.fn.getline(5)'):find('^%*%*Status%*%*: Review') ~= nil
  end)
end

function checks.the_values_come_up_again()
  keys('<C-w>')
  offers('Implemented')
end

function checks.nothing_comes_up_in_prose()
  keys('<Esc>GoNote: only words')
  keys('<BS><BS><BS><BS><BS>')
  vim.wait(500)
  assert(#lua(POPUP) == 0, vim.inspect(lua(POPUP)))
end

support.eventually('the server does not serve the file', function()
  return lua('return vim.b.spec_lsp_status ~= nil')
end)
checks()
