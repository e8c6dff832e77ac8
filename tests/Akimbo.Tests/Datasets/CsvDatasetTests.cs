using Akimbo.Datasets;
using Akimbo.Geometry;

namespace Akimbo.Tests.Datasets;

public sealed class CsvDatasetTests
{
    [Fact]
    public void Read_TwoPictures_GroupsTheirPeople()
    {
        var dataset = Read("""
            image,id,width,height,box_x,box_y,box_width,box_height,area,head_x,head_y,head_v,left_hand_x,left_hand_y,right_hand_x,right_hand_y
            a.jpg,5,640,480,1,2,3,4,12.5,10.5,20,1,1,2,,
            "b, ""c"".jpg",,,,,,,,,,,,,,,
            a.jpg,,640,480,,,,,,,,0,7,8,9,10

            """);

        Assert.Equal(["head", "left_hand", "right_hand"], dataset.Skeleton.Keypoints);
        Assert.Equal([Path.Combine("/pictures", "a.jpg"), Path.Combine("/pictures", "b, \"c\".jpg")], dataset.Samples.Select(sample => sample.ImagePath));
        Assert.Equal((640, 480), (dataset.Samples[0].Width, dataset.Samples[0].Height));
        Assert.Empty(dataset.Samples[1].People);

        AnnotatedPerson person = dataset.Samples[0].People[0];
        Assert.Equal((5L, new Box(1, 2, 3, 4), 12.5), (person.Id, person.Box, person.Area));
        Assert.Equal(new AnnotatedKeypoint(new ImagePoint(10.5, 20), KeypointVisibility.Hidden), person.Keypoints[0]);
        Assert.Equal(new AnnotatedKeypoint(new ImagePoint(1, 2), KeypointVisibility.Visible), person.Keypoints[1]);
        Assert.Equal(default, person.Keypoints[2]);
        Assert.Equal((null, 2), (dataset.Samples[0].People[1].Box, dataset.Samples[0].People[1].LabelledCount));
    }

    [Fact]
    public void Read_KeypointsOfLspInAnotherOrder_ArePutIntoItsOrder()
    {
        string[] names = [.. Akimbo.Skeletons.Lsp14.Skeleton.Keypoints.Reverse()];
        var dataset = Read($"""
            image,{string.Join(',', names.Select(name => $"{name}_x,{name}_y"))}
            a.jpg,{string.Join(',', names.Select((_, i) => $"{i},{100 + i}"))}
            """);

        Assert.Equal("lsp14", dataset.Skeleton.Name);
        Assert.Equal(new ImagePoint(13, 113), dataset.Samples[0].People[0].Keypoints[0].Position);
    }

    [Fact]
    public void Read_LargeIds_AreKept() => Assert.Equal(900_100_581_904, Read("image,id,nose_x,nose_y\na.jpg,900100581904,1,2\n").Samples[0].People[0].Id);

    [Theory]
    [InlineData("", "The file is empty")]
    [InlineData("a,b\n", "columns image and NAME_x")]
    [InlineData("image,head_x\n", "'head_x' without 'head_y'")]
    [InlineData("image,head_x,head_y,colour\n", "The column 'colour' is unknown")]
    [InlineData("image,head_x,head_y,head_x\n", "The column 'head_x' occurs twice")]
    [InlineData("image,left_hand_x,left_hand_y\n", "needs its mirror image 'right_hand'")]
    [InlineData("image,head_x,head_y\na.jpg,1\n", "Line 2 has 2 cells; the header has 3")]
    [InlineData("image,head_x,head_y\na.jpg,1,x\n", "Line 2 has 'x' in the column head_y")]
    [InlineData("image,head_x,head_y\na.jpg,1,NaN\n", "Line 2 has 'NaN'")]
    [InlineData("image,head_x,head_y\na.jpg,1,\n", "Line 2 has only one coordinate of head")]
    [InlineData("image,head_x,head_y\n,1,2\n", "Line 2 has no image")]
    [InlineData("image,head_x,head_y,head_v\na.jpg,1,2,2\nb.jpg,1,2,7\n", "Line 3 has head with visibility 7")]
    [InlineData("image,head_x,head_y,head_v\na.jpg,,,2\n", "without a position")]
    [InlineData("image,head_x,head_y,box_x,box_y,box_width,box_height\na.jpg,1,2,1,,,\n", "a part of a box")]
    [InlineData("image,width,height,head_x,head_y\na.jpg,5,6,1,1\na.jpg,5,7,1,1\n", "another size")]
    [InlineData("image,head_x,head_y\n\"a.jpg,1,2\n", "Line 2 has a quote that is not closed")]
    public void Read_Damaged_SaysWhere(string text, string message) =>
        Assert.Contains(message, Assert.Throws<DatasetFormatException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static PoseDataset Read(string text) => CsvDataset.Read(new StringReader(text), "people.csv", "/pictures");
}
