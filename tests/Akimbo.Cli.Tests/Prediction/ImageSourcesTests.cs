using Akimbo.Cli.Prediction;

namespace Akimbo.Cli.Tests.Prediction;

public sealed class ImageSourcesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ImageSourcesTests() =>
        _folder.Touch("b.jpg", "a.PNG", "c.webp", "notes.txt", ".hidden.jpg", "inner/d.jpeg", "inner/deep/e.jpg", "inner/.git/f.jpg", "[x].jpg");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_Folder_ItsImagesSorted() => Assert.Equal(["[x].jpg", "a.PNG", "b.jpg", "c.webp"], Names(""));

    [Fact]
    public void Find_FolderRecursive_InnerFoldersToo() =>
        Assert.Equal(["[x].jpg", "a.PNG", "b.jpg", "c.webp", "inner/d.jpeg", "inner/deep/e.jpg"], Names("", recursive: true));

    [Theory]
    [InlineData("*.jpg", "[x].jpg", "b.jpg")]
    [InlineData("?.*", "a.PNG", "b.jpg", "c.webp")]
    [InlineData("*", "[x].jpg", "a.PNG", "b.jpg", "c.webp")]
    [InlineData("*/*.jpeg", "d.jpeg")]
    [InlineData("i*/d*/*.jpg", "e.jpg")]
    [InlineData("**/*.jpg", "[x].jpg", "b.jpg", "e.jpg")]
    [InlineData("**", "[x].jpg", "a.PNG", "b.jpg", "c.webp")]
    [InlineData(".h*.jpg", ".hidden.jpg")]
    [InlineData("*.txt", "notes.txt")]
    [InlineData("[x].jpg", "[x].jpg")]
    public void Find_Pattern_WhatItMatches(string pattern, params string[] expected) => Assert.Equal(expected, Names(pattern));

    [Fact]
    public void Find_LinkToOuterFolder_EndsAndFindsEachOnce()
    {
        Directory.CreateSymbolicLink(_folder["inner/up"], _folder.Path);
        Assert.Equal(6, Names("", recursive: true).Length);
        Assert.Equal(3, Names("**/*.jpg").Length);
    }

    [Fact]
    public void Find_SameFileTwice_Once()
    {
        var sources = ImageSources.Find([_folder["b.jpg"], _folder["inner/../b.jpg"], _folder.Path], recursive: false);
        Assert.Equal(["b.jpg", "[x].jpg", "a.PNG", "c.webp"], sources.Images.Select(image => image.Name));
        Assert.Empty(sources.Problems);
    }

    [Fact]
    public void Find_SingleFile_IsKnownFromFolderAndPattern()
    {
        Assert.True(ImageSources.Find([_folder["notes.txt"]], recursive: false).IsSingleFile);
        Assert.True(ImageSources.Find(["-"], recursive: false).IsSingleFile);
        Assert.False(ImageSources.Find([_folder["inner"]], recursive: false).IsSingleFile);
        Assert.False(ImageSources.Find([_folder["a*"]], recursive: false).IsSingleFile);
        Assert.False(ImageSources.Find([_folder["b.jpg"], _folder["c.webp"]], recursive: false).IsSingleFile);
    }

    [Fact]
    public void Find_NothingThere_OneProblemAnArgument()
    {
        _folder.Touch("empty/readme.md");
        var sources = ImageSources.Find([_folder["none.jpg"], _folder["empty"], _folder["*.tiff"], _folder["no/*/x.jpg"]], recursive: true);

        Assert.Empty(sources.Images);
        Assert.Equal(4, sources.Problems.Count);
        Assert.Contains("no such file", sources.Problems[0], StringComparison.Ordinal);
        Assert.Contains("no images", sources.Problems[1], StringComparison.Ordinal);
        Assert.Contains("*.tiff", sources.Problems[2], StringComparison.Ordinal);
    }

    private string[] Names(string argument, bool recursive = false) =>
        [.. ImageSources.Find([_folder[argument]], recursive).Images.Select(image => image.Name)];
}
