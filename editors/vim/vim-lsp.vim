" vim-lsp: specifications in Markdown. Source this file from your vimrc.

function! s:root(server_info) abort
  let l:folder = lsp#utils#find_nearest_parent_file_directory(
  \   lsp#utils#get_buffer_path(), ['spec-lsp.toml', '.spec-lsp.toml', '.spec-lsp/', '.git/'])
  return empty(l:folder) ? lsp#utils#get_default_root_uri() : lsp#utils#path_to_uri(l:folder)
endfunction

if executable('spec-lsp')
  augroup spec_lsp
    autocmd!
    autocmd User lsp_setup call lsp#register_server({
    \   'name': 'spec-lsp',
    \   'cmd': {server_info -> ['spec-lsp', 'serve']},
    \   'allowlist': ['markdown'],
    \   'root_uri': function('s:root'),
    \   'workspace_config': {'spec-lsp': {}},
    \ })
  augroup END
endif
