-- `:Spec VERB`, with completion of verbs and of what a verb takes.
if vim.g.loaded_spec_lsp then
  return
end
vim.g.loaded_spec_lsp = true

vim.api.nvim_create_user_command('Spec', function(call)
  require('spec_lsp.verbs').run(call.fargs)
end, {
  nargs = '*',
  desc = 'Work on specifications: :Spec new, next, graph, ...',
  complete = function(lead, line)
    return require('spec_lsp.verbs').complete(lead, line)
  end,
})
