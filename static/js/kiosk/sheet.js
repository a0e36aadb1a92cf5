/** A dialog that is built when it is opened: a start should not pay for it. Its element is `$refs.dialog`. */
export const sheet = () => ({
  opened: false,

  async open() {
    await this.need("parts")
    this.opened = true
    this.$refs.dialog.showModal()
  },

  close() {
    this.$refs.dialog.close()
    this.opened = false
  },
})
