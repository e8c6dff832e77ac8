using Akimbo.Imaging.Native;

namespace Akimbo.Imaging.Tests.Native;

public class NativeLibrariesTests
{
    [Theory]
    [InlineData(TurboJpeg.Library)]
    [InlineData(LibPng.Library)]
    [InlineData(LibWebP.Library)]
    [InlineData(Cairo.Library)]
    public void Require_InstalledLibrary_ReturnsEveryTime(string library)
    {
        NativeLibraries.Require(library);
        Assert.Null(Record.Exception(() => NativeLibraries.Require(library)));
    }

    [Fact]
    public void Load_MissingLibrary_NamesThePackageAndTheFiles()
    {
        var error = Assert.Throws<DllNotFoundException>(() => NativeLibraries.Load("picture", "libpicture3", "libpicture.so.3", "picture-3.dll"));
        Assert.Contains("apt-get install libpicture3", error.Message, StringComparison.Ordinal);
        Assert.Contains("libpicture.so.3, picture-3.dll", error.Message, StringComparison.Ordinal);
    }
}
