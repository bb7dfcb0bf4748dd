/** What https://wicg.github.io/file-system-access/ adds to the types that TypeScript knows. Chromium alone has it. */
interface FileAccess {
  readonly mode: "read" | "readwrite";
}

interface FileSystemHandle {
  queryPermission(access: FileAccess): Promise<PermissionState>;
  requestPermission(access: FileAccess): Promise<PermissionState>;
}

interface Window {
  showDirectoryPicker?(options: FileAccess & { readonly id: string }): Promise<FileSystemDirectoryHandle>;
  showOpenFilePicker?(options: { readonly id: string; readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[] }): Promise<[FileSystemFileHandle]>;
}
