" What the sessions have in common: a clean Vim with the folder of the configuration, and a few keys.
set nocompatible noswapfile nobackup hidden mouse= shortmess+=I laststatus=2
set completeopt=menuone,noselect
filetype plugin indent on
syntax on
let mapleader = '\'
execute 'set runtimepath^=' . $EDITORS . '/vim'
