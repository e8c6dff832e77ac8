namespace Akimbo.Cli.Tests;

public sealed class ErrorLineTests : IDisposable
{
    private readonly StringWriter _error = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void Write_ExceptionAboutSomething_OneLineThatNamesIt()
    {
        ErrorLine.Write(_error, new IOException("The disk\nis full."), subject: "a.jpg");
        ErrorLine.Write(_error, new IOException("a.jpg: it ends too soon."), subject: "a.jpg");
        Assert.Equal("akimbo: a.jpg: The disk is full.\nakimbo: a.jpg: it ends too soon.\n", _error.ToString());
    }

    [Fact]
    public void WriteFatal_ExceptionWithAList_ListIndented()
    {
        ErrorLine.WriteFatal(_error, new InvalidOperationException("w.pth does not fit:\nmissing: a\n  missing: b\n"));
        Assert.Equal("akimbo: w.pth does not fit:\n  missing: a\n  missing: b\n", _error.ToString());
    }

    [Fact]
    public void WriteFatal_ArgumentException_NoParameterName()
    {
        ErrorLine.WriteFatal(_error, new ArgumentException("There is no such model.", "name"));
        Assert.Equal("akimbo: There is no such model.\n", _error.ToString());
    }
}
