export const windows1258: (text: string) => Buffer
export const tcvn3: (text: string) => Buffer
export const vni: (text: string) => Buffer
export const utf16le: (text: string) => Buffer
export const utf8WithMark: (text: string) => Buffer
