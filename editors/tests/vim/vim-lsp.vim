execute 'source ' . expand('<sfile>:p:h') . '/common.vim'
execute 'set runtimepath^=' . $VIM_LSP
let g:lsp_diagnostics_echo_cursor = 1
let g:lsp_diagnostics_virtual_text_enabled = 0
runtime vim-lsp.vim
autocmd User lsp_buffer_enabled setlocal omnifunc=lsp#complete
nmap K <Plug>(lsp-hover-preview)
nmap gd <Plug>(lsp-definition)
nmap <Leader>r <Plug>(lsp-rename)
nmap <Leader>a <Plug>(lsp-code-action)
